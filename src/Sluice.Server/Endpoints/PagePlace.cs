using Sluice.Query;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary>Where a caller goes on reading: its scope, and its place there if it brought a token.</summary>
/// <param name="Position">Null: from the beginning.</param>
internal sealed record PagePlace(QueryScope Scope, PageOrder Order, long? Position)
{
    /// <param name="filter">As given beside the token, null when it was left out; the same holds for the others.</param>
    public static async ValueTask<PagePlace> OfAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, string? text, string? filter, PageOrder? order, string? tenant)
    {
        if (text is null) return new PagePlace(await QueryScope.OfAsync(context, ledgers, filter, tenant), order ?? PageOrder.Descending, null);
        if (!tokens.TryRead(text, out var token) || token.Call.Length > 0) throw new ApiProblem(400, "invalid_page_token", "This page token was not made here.") { Field = "page_token" };
        if (token.Wall != context.Caller().TenantId) throw new ApiProblem(403, "forbidden_tenant", "This page token was made for another tenant's key.") { Field = "page_token" };
        if (filter is not null && filter != token.Filter) throw Mismatch("filter");
        if (order is not null && order != token.Order) throw Mismatch("order");
        if (tenant is not null && tenant != token.Tenant) throw Mismatch("tenant_id");
        var scope = await QueryScope.OfAsync(context, ledgers, token.Filter.Length == 0 ? null : token.Filter, token.Tenant);
        scope.RequireKept(token.Position, token.Order, tokens);
        return new PagePlace(scope, token.Order, token.Position);
    }

    private static ApiProblem Mismatch(string name) =>
        new(400, "page_token_mismatch", $"'{name}' differs from that of the page token. Leave it out, or begin anew without the token.") { Field = name };
}
