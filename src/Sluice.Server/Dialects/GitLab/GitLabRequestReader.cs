using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Sluice.GraphQL.Json;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>Reads requests: JSON, one operation or an array of them, a form, or the parameters of a GET.</summary>
internal static class GitLabRequestReader
{
    private const int LargestBody = 1024 * 1024, MostOperations = 100;
    private const string Query = "query", Variables = "variables", OperationName = "operationName", WithoutDeprecated = "remove_deprecated";

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    /// <exception cref="GitLabRefusal">It cannot be read.</exception>
    public static async ValueTask<GitLabRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var withoutDeprecated = request.Query[WithoutDeprecated] == "true";
        if (HttpMethods.IsGet(request.Method)) return new GitLabRequest([FromTexts(name => request.Query[name])], false, withoutDeprecated);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestBody;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            return new GitLabRequest([FromTexts(name => form[name])], false, withoutDeprecated || form[WithoutDeprecated] == "true");
        }

        return await ReadJsonAsync(context, withoutDeprecated);
    }

    private static async ValueTask<GitLabRequest> ReadJsonAsync(HttpContext context, bool withoutDeprecated)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, Reading, context.RequestAborted);
            var root = body.RootElement;
            if (root.ValueKind == JsonValueKind.Object) return new GitLabRequest([FromJson(root)], false, withoutDeprecated || IsTrue(root));
            if (root.ValueKind != JsonValueKind.Array) throw GitLabRefusal.Unexpected("the body is neither an object nor an array");
            if (root.GetArrayLength() > MostOperations) throw GitLabRefusal.Of(StatusCodes.Status422UnprocessableEntity, $"A batch has at most {MostOperations} operations");
            return new GitLabRequest([.. root.EnumerateArray().Select(FromJson)], true, withoutDeprecated);
        }
        catch (JsonException)
        {
            throw GitLabRefusal.Of(StatusCodes.Status400BadRequest, "The body is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            throw GitLabRefusal.Unexpected("half a surrogate pair, which is no character");
        }
        catch (FormatException)
        {
            throw GitLabRefusal.Unexpected("a number that is too large");
        }
    }

    private static GitLabOperation FromTexts(Func<string, string?> text) =>
        new(text(Query) ?? "", text(OperationName), text(Variables) is { Length: > 0 } variables ? FromText(variables) : null);

    private static GitLabOperation FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw GitLabRefusal.Unexpected("an operation that is no object");
        return new GitLabOperation(Text(json, Query) ?? "", Text(json, OperationName), json.TryGetProperty(Variables, out var variables) ? FromVariables(variables) : null);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
        ? member.ValueKind == JsonValueKind.String ? member.GetString() : throw GitLabRefusal.Unexpected($"{name} is not a string")
        : null;

    private static IReadOnlyDictionary<string, object?>? FromVariables(JsonElement variables) => variables.ValueKind switch
    {
        JsonValueKind.Object => JsonValues.ReadObject(variables),
        JsonValueKind.Null => null,
        JsonValueKind.String => variables.GetString() is { Length: > 0 } text ? FromText(text) : null,
        _ => throw GitLabRefusal.Unexpected($"{Variables} is neither an object nor a string"),
    };

    private static OrderedDictionary<string, object?>? FromText(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Reading);
            return json.RootElement.ValueKind == JsonValueKind.Object ? JsonValues.ReadObject(json.RootElement) : throw GitLabRefusal.Unexpected($"{Variables} is no object");
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            throw GitLabRefusal.Unexpected($"{Variables} is not valid JSON");
        }
    }

    private static bool IsTrue(JsonElement body) => body.TryGetProperty(WithoutDeprecated, out var flag) && flag.ValueKind == JsonValueKind.True;
}
