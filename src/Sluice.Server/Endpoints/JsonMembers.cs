using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;

namespace Sluice.Server.Endpoints;

/// <summary>The members of a JSON object that a caller sent: each is asked for by name, and those that nobody asked for are refused.</summary>
internal sealed class JsonMembers
{
    private const int LargestBody = 64 * 1024;

    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly HashSet<string> _known = [];

    private JsonMembers(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ApiProblem(400, "invalid_type", "The body must be a JSON object.");
        foreach (var member in root.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value)) throw Wrong("duplicate_member", member.Name, "appears twice");
        }
    }

    public static async Task<JsonMembers> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBody) throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestBody;
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 32 }, context.RequestAborted);
            Note(context, document.RootElement);
            return new JsonMembers(document.RootElement.Clone());
        }
        catch (InvalidOperationException)
        {
            throw new ApiProblem(400, "invalid_string", "A member's name has half a surrogate pair, which is no character.");
        }
        catch (JsonException error)
        {
            throw new ApiProblem(400, "invalid_json", $"The body is not valid JSON (line {error.LineNumber + 1}).") { Column = (int?)error.BytePositionInLine + 1 };
        }
    }

    /// <summary>What of it goes into Sluice's own ledger. A body that cannot be used is refused by those who read it.</summary>
    private static void Note(HttpContext context, JsonElement root)
    {
        if (context.Audited() is not { } call || context.Audit().Request is not { Count: > 0 } members || root.ValueKind != JsonValueKind.Object) return;
        try
        {
            if (JsonNode.Parse(root.GetRawText(), null, new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonObject body) call.Request = Excerpt.Of(body, members);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // A member that stands twice, or half a character.
        }
    }

    /// <summary>The same, where nothing at all means an empty object.</summary>
    public static async Task<JsonMembers> ReadOptionalAsync(HttpContext context) =>
        context.Request.ContentLength is null or 0 && !context.Request.Headers.ContainsKey("Transfer-Encoding") ? new JsonMembers(JsonElement.Parse("{}")) : await ReadAsync(context);

    /// <returns>Null when the member is absent or null.</returns>
    public string? Text(string name)
    {
        _known.Add(name);
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? TextOf(value, name) : throw Wrong("invalid_type", name, "must be a string");
    }

    /// <summary>Whether it was given, null or not.</summary>
    public bool Has(string name)
    {
        _known.Add(name);
        return _members.ContainsKey(name);
    }

    /// <returns>Null when the member is absent or null.</returns>
    public bool? Flag(string name)
    {
        _known.Add(name);
        return _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw Wrong("invalid_type", name, "must be true or false") }
            : null;
    }

    /// <returns>Null when the member is absent or null.</returns>
    public IReadOnlyList<string>? Texts(string name)
    {
        _known.Add(name);
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) throw Wrong("invalid_type", name, "must be a list of strings");
        return [.. value.EnumerateArray().Select(item => TextOf(item, name))];
    }

    /// <returns>Null when the member is absent or null.</returns>
    public JsonMembers? Object(string name)
    {
        _known.Add(name);
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Object ? new JsonMembers(value) : throw Wrong("invalid_type", name, "must be an object");
    }

    public string RequiredText(string name) => Text(name) ?? throw Wrong("missing_field", name, "is missing");

    /// <summary>A whole number, or a null that was said; absent is neither.</summary>
    public long? RequiredWholeOrNull(string name, long least, long most) => Has(name) ? WholeOrNull(name, least, most) : throw Wrong("missing_field", name, "is missing");

    /// <returns>Null when the member is absent or null.</returns>
    public long? WholeOrNull(string name, long least, long most)
    {
        _known.Add(name);
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Number) throw Wrong("invalid_type", name, $"must be a whole number from {least} to {most}, or null");
        return value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong("invalid_value", name, $"must be a whole number from {least} to {most}, or null");
    }

    public void RefuseUnknown()
    {
        foreach (var name in _members.Keys)
        {
            if (!_known.Contains(name)) throw Wrong("unknown_field", name, $"is not a member here; there are {string.Join(", ", _known)}");
        }
    }

    private static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("invalid_string", name, "has half a surrogate pair");
        }
    }

    public static ApiProblem Wrong(string code, string field, string what) => new(400, code, $"'{field}' {what}.") { Field = field };
}
