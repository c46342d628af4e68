using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;

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
            var body = await JsonNode.ParseAsync(context.Request.Body, null, options, context.RequestAborted) as JsonObject
                ?? throw new ApiProblem(400, "invalid_type", "The body must be a JSON object.");
            ReadTexts(body);
            if (context.Audited() is { } call) call.Request = Excerpt.Of(body, context.Audit().Request);
            return body;
        }
        catch (InvalidOperationException)
        {
            throw new ApiProblem(400, "invalid_string", "A string or a member's name has half a surrogate pair, which is no character.");
        }
        catch (JsonException error)
        {
            throw new ApiProblem(400, "invalid_json", $"The body is not valid JSON (line {error.LineNumber + 1}).") { Column = (int?)error.BytePositionInLine + 1 };
        }
    }

    /// <summary>Texts are decoded where they are first asked for, and fail there: so all are asked for here, where it is a refusal.</summary>
    private static void ReadTexts(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (_, value) in members) ReadTexts(value);
        }
        else if (node is JsonArray elements)
        {
            foreach (var element in elements) ReadTexts(element);
        }
        else if (node is JsonValue value)
        {
            value.TryGetValue(out string? _);
        }
    }

    /// <summary>The same, where nothing at all means an empty object.</summary>
    public static async Task<JsonObject> ReadOptionalAsync(HttpContext context) =>
        context.Request.ContentLength is null or 0 && !context.Request.Headers.ContainsKey("Transfer-Encoding") ? [] : await ReadAsync(context);
}
