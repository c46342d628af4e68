using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Server.Apply;

internal static class ApplyJson
{
    /// <summary>For a terminal, not for HTML: quotes and arrows stay what they are, control characters do not.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
