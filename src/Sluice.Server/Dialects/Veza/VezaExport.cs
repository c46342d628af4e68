using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Endpoints;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.Veza;

/// <summary><c>GET /api/preview/system/audit/export</c>: events in commit order, which is the order of <c>persisted_at</c>, and on to those that come later.</summary>
internal static class VezaExport
{
    private const string Call = "veza.export";

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, VezaSettings settings, TenantRegistry tenants, TimeProvider time)
    {
        var request = VezaRequest.Of(context.Request);
        var token = request.ReadToken(context, tokens, Call);
        var filter = token is not null
            ? VezaFilter.Parse(token.Filter)
            : VezaFilter.First(request.Filter, "persisted_at", first => first.PersistedBounds().From, settings.ExportWindow, Timestamp.Now(time));
        var scope = await QueryScope.OfFilterAsync(context, ledgers, filter, token is null ? request.Tenant : token.Tenant) with { Call = Call };
        await tenants.RequireExportsAsync(scope.Query.Tenant, context.RequestAborted);
        if (token is not null) scope.RequireKept(token.Position, PageOrder.Ascending, tokens);
        try
        {
            await AnswerAsync(context, PagePlace.Of(scope, PageOrder.Ascending, token), token, request, tokens);
        }
        catch (EventsRemovedException removed)
        {
            throw scope.Removed(removed, tokens);
        }
    }

    private static async Task AnswerAsync(HttpContext context, PagePlace place, PageToken? token, VezaRequest request, PageTokens tokens)
    {
        using var page = await EventSearch.BeginAsync(place.Scope.Query, place.Order, place.Position, request.Size, context.RequestAborted, until: place.Until);
        await VezaPage.WriteAsync(
            context, page.NextAsync, () => page.Current,
            () => (tokens.Write(place.TokenAt(page.NextPosition!.Value)), page.HasMore || place.HasMore),
            token is null ? null : VezaPage.Warning(request, token.Filter));
    }
}
