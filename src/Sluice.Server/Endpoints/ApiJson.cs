using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Server.Endpoints;

/// <summary>How answers are spelled: members in snake case, text as it is.</summary>
internal static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
