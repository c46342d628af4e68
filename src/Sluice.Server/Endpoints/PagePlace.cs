using Sluice.Query;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Where a caller goes on reading: its scope, and its place there if it brought a token.</summary>
/// <param name="Position">Null: from the beginning.</param>
/// <param name="Until">Where the walk ends for now; null where it follows the ledger.</param>
internal sealed record PagePlace(QueryScope Scope, PageOrder Order, long? Position, long? Until = null)
{
    /// <summary>
    /// The walk has come to its end, and this is the page that says so: the next one begins a new walk, from here to what is there by then. So whoever goes
    /// on until a page is empty stops, and so does whoever goes on while there is more.
    /// </summary>
    public bool IsAtItsEnd => Until is { } end && Position >= end;

    /// <summary>More came in since the walk began: a new one has something to read.</summary>
    public bool HasMore => IsAtItsEnd && Scope.Query.Ledger.Size > Position;

    /// <summary>A token that goes on with this walk from a position.</summary>
    public PageToken TokenAt(long position) => Scope.TokenAt(position, Order) with { Until = IsAtItsEnd ? null : Until };

    /// <param name="filter">As given beside the token, null when it was left out; the same holds for the others.</param>
    public static async ValueTask<PagePlace> OfAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, string? text, string? filter, PageOrder? order, string? tenant, string? source = null)
    {
        if (text is null) return Of(await QueryScope.OfAsync(context, ledgers, filter, tenant, source), order ?? PageOrder.Descending, null);
        if (!tokens.TryRead(text, out var token) || token.Call.Length > 0) throw new ApiProblem(400, "invalid_page_token", "This page token was not made here.") { Field = "page_token" };
        if (token.Wall != context.Caller().TenantId) throw new ApiProblem(403, "forbidden_tenant", "This page token was made for another tenant's key.") { Field = "page_token" };
        if (filter is not null && filter != token.Filter) throw Mismatch("filter");
        if (order is not null && order != token.Order) throw Mismatch("order");
        if (tenant is not null && tenant != token.Tenant) throw Mismatch("tenant_id");
        if (source is not null && token.Ledger != TenantNames.Sluice) throw Mismatch("source");
        var own = source ?? (token.Ledger == TenantNames.Sluice ? QueryScope.OwnSource : null);
        var scope = await QueryScope.OfAsync(context, ledgers, token.Filter.Length == 0 ? null : token.Filter, token.Tenant, own);
        scope.RequireKept(token.Position, token.Order, tokens);
        return Of(scope, token.Order, token);
    }

    /// <param name="token">That goes on there; null for a walk that begins.</param>
    public static PagePlace Of(QueryScope scope, PageOrder order, PageToken? token) =>
        new(scope, order, token?.Position, scope.IsOwn && order == PageOrder.Ascending ? token?.Until ?? scope.Query.Ledger.Size : null);

    private static ApiProblem Mismatch(string name) =>
        new(400, "page_token_mismatch", $"'{name}' differs from that of the page token. Leave it out, or begin anew without the token.") { Field = name };
}
