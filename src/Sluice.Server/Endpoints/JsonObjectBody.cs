using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Server.Errors;

namespace Sluice.Server.Endpoints;

/// <summary>A body that is one JSON object whose members are judged elsewhere.</summary>
internal static class JsonObjectBody
{
    private const int Largest = 1024 * 1024;

    public static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest;
        var options = new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false };
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, null, options, context.RequestAborted) as JsonObject
                ?? throw new ApiProblem(400, "invalid_type", "The body must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw new ApiProblem(400, "invalid_json", $"The body is not valid JSON (line {error.LineNumber + 1}).") { Column = (int?)error.BytePositionInLine + 1 };
        }
    }

    /// <summary>The same, where nothing at all means an empty object.</summary>
    public static async Task<JsonObject> ReadOptionalAsync(HttpContext context) =>
        context.Request.ContentLength is null or 0 && !context.Request.Headers.ContainsKey("Transfer-Encoding") ? [] : await ReadAsync(context);
}
