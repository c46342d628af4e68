using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary>Finds the one event that a caller means by an id.</summary>
internal static class EventById
{
    /// <param name="take">Gets the event, whose body is valid during the call.</param>
    /// <returns>The ledger that keeps it.</returns>
    /// <exception cref="ApiProblem">There is none that the caller may read, or more than one.</exception>
    public static async Task<ILedgerReader> FindAsync(string id, string? tenant, HttpContext context, LedgerDirectory ledgers, Action<StoredEvent> take, string? source = null)
    {
        var query = (await QueryScope.OfAsync(context, ledgers, null, tenant, source)).Query;
        if (!EventFilter.TryParse($"id EQ {EventFilter.Quote(id)}", out var filter, out _)) throw ApiProblem.NotFound("event with this id");
        var narrowed = new EventQuery(query.Ledger, query.Index, filter, query.Tenant, query.Concerned, query.Bound);
        using var walk = new EventWalk(narrowed, new SequenceSpan(query.Ledger.First, query.Ledger.Size, true), wanted: 1);
        if (!await walk.NextAsync(context.RequestAborted)) throw ApiProblem.NotFound("event with this id");
        take(walk.Current);
        if (IsUnique(query) || !await walk.NextAsync(context.RequestAborted)) return query.Ledger;
        throw new ApiProblem(409, "ambiguous_id", "More than one tenant has an event with this id. Say which with ?tenant_id=.") { Field = "tenant_id" };
    }

    /// <summary>Inside a tenant there cannot be a second one.</summary>
    private static bool IsUnique(EventQuery query) => query.Tenant is not null;
}
