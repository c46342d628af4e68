using System.Text;
using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Truthlocks;

/// <summary>The parameters of Truthlocks' query, made into a filter.</summary>
/// <param name="Filter">Empty when nothing narrows it.</param>
internal sealed record TruthlocksRequest(string Filter, int Limit, string? Cursor, string? Tenant)
{
    public const int DefaultLimit = 50, LargestLimit = 1_000;

    /// <summary>Of a value, quoted: three of them fit into a filter.</summary>
    private const int LongestValue = 1_200;

    public static TruthlocksRequest Of(HttpRequest request)
    {
        var parameters = new QueryParameters(request, "actor", "action", "resource_type", "from", "to", "limit", "cursor", "tenant_id");
        string?[] terms =
        [
            Equal(parameters, "actor", "actor.id"), Equal(parameters, "action", "action"), Equal(parameters, "resource_type", "resource.type"),
            Bound(parameters, "from", "GE"), Bound(parameters, "to", "LT"),
        ];
        var limit = (int)(parameters.Number("limit", 1, LargestLimit) ?? DefaultLimit);
        return new TruthlocksRequest(string.Join(" AND ", terms.Where(term => term is not null)), limit, parameters.Text("cursor"), parameters.Text("tenant_id"));
    }

    /// <summary>Beside a cursor the parameters may be left out or be those of the first page.</summary>
    public void RequireSame(PageToken token)
    {
        if ((Filter.Length > 0 && Filter != token.Filter) || (Tenant is not null && Tenant != token.Tenant))
            throw new ApiProblem(400, "page_token_mismatch", "The parameters differ from those that 'cursor' was made for. Leave them out, or begin anew without it.") { Field = "cursor" };
    }

    private static string? Equal(QueryParameters parameters, string name, string field)
    {
        if (parameters.Text(name) is not { } text) return null;
        var quoted = EventFilter.Quote(text);
        return Encoding.UTF8.GetByteCount(quoted) <= LongestValue ? $"{field} EQ {quoted}" : throw QueryParameters.Invalid(name, "is too long");
    }

    private static string? Bound(QueryParameters parameters, string name, string op)
    {
        if (parameters.Text(name) is not { } text) return null;
        return Timestamp.TryParse(text, out var time) ? $"timestamp {op} \"{Timestamp.Text(time)}\"" : throw QueryParameters.Invalid(name, "must be a time such as 2026-03-15T08:42:17Z");
    }
}
