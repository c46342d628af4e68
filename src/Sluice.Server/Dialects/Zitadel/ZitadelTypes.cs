using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Authentication;
using Sluice.Server.Endpoints;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>Which types there are for a caller: those of the catalogue, and those of the events that its key may read. Nobody learns of another tenant's.</summary>
internal sealed class ZitadelTypes(LedgerDirectory ledgers, SeenTypes seen)
{
    private static readonly HashSet<string> EventTypes = new(ZitadelLabels.EventTypes.Concat(ActionCatalogue.ByCategory.Values.SelectMany(actions => actions)), StringComparer.Ordinal);

    private static readonly HashSet<string> AggregateTypes = new(ZitadelLabels.AggregateTypes, StringComparer.Ordinal);

    public async ValueTask<IEnumerable<string>> EventsAsync(HttpContext context) => Together(EventTypes, (await SeenAsync(context)).Actions);

    public async ValueTask<IEnumerable<string>> AggregatesAsync(HttpContext context) => Together(AggregateTypes, (await SeenAsync(context)).Subjects);

    /// <exception cref="Errors.ApiProblem">400: a type that is neither in the catalogue nor in any event: a misspelled one would look as if nothing had happened.</exception>
    public async ValueTask RequireKnownAsync(HttpContext context, ZitadelRequest request)
    {
        for (var at = 0; at < request.EventTypes.Count; at++)
        {
            var type = request.EventTypes[at];
            if (!EventTypes.Contains(type) && !await HasEventAsync(context, type)) throw Unknown($"eventTypes[{at}]", type, "events/types");
        }

        if (request.AggregateTypes.All(AggregateTypes.Contains)) return;
        var known = (await SeenAsync(context)).Subjects;
        for (var at = 0; at < request.AggregateTypes.Count; at++)
        {
            var type = request.AggregateTypes[at];
            if (!AggregateTypes.Contains(type) && !known.Contains(type)) throw Unknown($"aggregateTypes[{at}]", type, "aggregates/types");
        }
    }

    private async ValueTask<bool> HasEventAsync(HttpContext context, string type)
    {
        var scope = await QueryScope.OfFilterAsync(context, ledgers, EventFilter.Compose($"action EQ {EventFilter.Quote(type)}"), null);
        using var search = await EventSearch.BeginAsync(scope.Query, PageOrder.Descending, null, 1, context.RequestAborted);
        return await search.NextAsync(context.RequestAborted);
    }

    private ValueTask<SeenTypes.OfTenant> SeenAsync(HttpContext context)
    {
        var tenant = context.Caller().TenantId;
        return seen.OfAsync(ledgers.OfTenant(tenant), tenant, context.RequestAborted);
    }

    private static Errors.ApiProblem Unknown(string field, string type, string list) =>
        ZitadelBody.Wrong("unknown_type", field, $"is {type}, which is in no event and in no catalogue; POST {ZitadelEndpoints.Path}/{list}/_search lists what there is");

    private static IEnumerable<string> Together(IEnumerable<string> catalogue, IEnumerable<string> seen) => catalogue.Union(seen, StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
