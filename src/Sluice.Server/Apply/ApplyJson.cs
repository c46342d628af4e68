using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Server.Apply;

/// <summary>How values are spelled for people.</summary>
internal static class ApplyJson
{
    /// <summary>For a terminal, not for HTML: quotes and arrows stay what they are, control characters do not.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text as it stands between the quotes.</summary>
    public static string Inside(string text) => JsonEncodedText.Encode(text, Readable.Encoder).ToString();
}
