using System.Text;
using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Zaita;

/// <summary>The parameters of Zaita's query, made into a filter.</summary>
/// <param name="Filter">Empty when nothing narrows it.</param>
/// <param name="Token">Null for the first page.</param>
internal sealed record ZaitaRequest(string Filter, int Size, string? Token, string? Tenant)
{
    public const int DefaultPage = 100, LargestPage = 10_000;

    /// <summary>Of a value, quoted: all of them fit into a filter.</summary>
    private const int LongestValue = 900;

    public static ZaitaRequest Of(HttpRequest request)
    {
        var parameters = new QueryParameters(request, "from", "to", "event_type", "actor", "resource_type", "resource_id", "page_size", "page_token", "tenant_id");
        string?[] terms =
        [
            EventType(parameters), Equal(parameters, "actor", "actor.id"), Equal(parameters, "resource_type", "resource.type"), Equal(parameters, "resource_id", "resource.id"),
            Bound(parameters, "from", "GE"), Bound(parameters, "to", "LT"),
        ];
        var size = (int)(parameters.Number("page_size", 1, LargestPage) ?? DefaultPage);
        return new ZaitaRequest(string.Join(" AND ", terms.Where(term => term is not null)), size, parameters.Text("page_token"), parameters.Text("tenant_id"));
    }

    /// <summary>Beside a token the parameters may be left out or be those of the first page.</summary>
    public void RequireSame(PageToken token)
    {
        if ((Filter.Length > 0 && Filter != token.Filter) || (Tenant is not null && Tenant != token.Tenant))
            throw new ApiProblem(400, "page_token_mismatch", "The parameters differ from those that 'page_token' was made for. Leave them out, or begin anew without it.") { Field = "page_token" };
    }

    /// <summary>A whole type, or all types below a word: <c>certificate.*</c>.</summary>
    private static string? EventType(QueryParameters parameters)
    {
        if (parameters.Text("event_type") is not { } type) return null;
        if (!type.Contains('*', StringComparison.Ordinal)) return Equal(parameters, "event_type", "action");
        if (type.IndexOf('*', StringComparison.Ordinal) != type.Length - 1 || !type.EndsWith(".*", StringComparison.Ordinal) || type.Length == 2)
            throw QueryParameters.Invalid("event_type", "is a whole type such as certificate.issue, or all below a word such as certificate.*");
        return $"action PREFIX {Quoted("event_type", type[..^1])}";
    }

    private static string? Equal(QueryParameters parameters, string name, string field) => parameters.Text(name) is { } text ? $"{field} EQ {Quoted(name, text)}" : null;

    private static string Quoted(string name, string text)
    {
        var quoted = EventFilter.Quote(text);
        return Encoding.UTF8.GetByteCount(quoted) <= LongestValue ? quoted : throw QueryParameters.Invalid(name, "is too long");
    }

    private static string? Bound(QueryParameters parameters, string name, string op)
    {
        if (parameters.Text(name) is not { } text) return null;
        return Timestamp.TryParse(text, out var time) ? $"timestamp {op} \"{Timestamp.Text(time)}\"" : throw QueryParameters.Invalid(name, "must be a time such as 2026-03-15T08:42:17Z");
    }
}
