using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.SelfAudit;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>What a caller asks to read, once it is clear that it may: of which ledger, behind which tenant's wall.</summary>
internal sealed record QueryScope(EventQuery Query, string? Wall, string? Asked)
{
    /// <summary>The tenant that a walk through Sluice's own ledger is restricted to by <c>source=sluice</c>.</summary>
    public const string OwnSource = "sluice";

    /// <summary>Which call's tokens go on in it; empty for the events' own.</summary>
    public string Call { get; init; } = "";

    /// <summary>A walk that goes upwards through Sluice's own ledger ends where that ended when the walk began: its own calls are events there.</summary>
    public bool IsOwn => Query.Ledger.Name == TenantNames.Sluice;

    /// <param name="filter">Text of the filter; null for none.</param>
    /// <param name="tenant">The tenant asked for with <c>tenant_id=</c>.</param>
    /// <param name="source">Null, or <see cref="OwnSource"/> for Sluice's own events about the tenant.</param>
    /// <remarks>The ledger holds by then what was acknowledged before the call, by whichever node.</remarks>
    public static ValueTask<QueryScope> OfAsync(HttpContext context, LedgerDirectory ledgers, string? filter, string? tenant, string? source = null) =>
        OfFilterAsync(context, ledgers, filter is null ? null : Parse(filter, FilterNames.Sluice), tenant, source);

    /// <summary>The same for a filter that is understood already.</summary>
    public static async ValueTask<QueryScope> OfFilterAsync(HttpContext context, LedgerDirectory ledgers, EventFilter? filter, string? tenant, string? source = null)
    {
        var caller = context.Caller();
        if (!caller.IsInstance && tenant is not null && tenant != caller.TenantId)
            throw new ApiProblem(403, "forbidden_tenant", "This key reads the events of its own tenant only.") { Field = "tenant_id" };
        if (source is not (null or OwnSource)) throw QueryParameters.Invalid("source", "must be sluice, or left out");
        var bound = BoundOf(caller, source);
        var scope = source is null ? Of(ledgers, caller.TenantId, filter, tenant, bound) : OfOwn(ledgers, caller.TenantId, filter, tenant);
        if (scope.IsOwn) await CatchUpAsync(context);
        await scope.Query.Ledger.CatchUpAsync(context.RequestAborted);
        return scope;
    }

    /// <summary>What a viewer's token is restricted to, besides its tenant.</summary>
    private static EventFilter? BoundOf(Caller caller, string? source)
    {
        if (caller.Viewer is not { } viewer) return null;
        if (source is not null) throw KeyProblems.Forbidden("A viewer token reads the events that its tenant's services sent, not Sluice's own: leave 'source' out.");
        return viewer.Filter is null ? null : Parse(viewer.Filter, FilterNames.Sluice);
    }

    /// <summary>What this node has seen so far is written before somebody looks for it.</summary>
    private static async ValueTask CatchUpAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<OwnEventPump>() is { } pump) await pump.DrainAsync(context.RequestAborted);
        if (context.RequestServices.GetService<OwnLedger>() is { } own) await own.FlushAsync(context.RequestAborted);
    }

    private static QueryScope OfOwn(LedgerDirectory ledgers, string? wall, EventFilter? filter, string? asked)
    {
        var tenant = wall ?? asked;
        return new QueryScope(new EventQuery(ledgers.Sluice, ledgers.Sluice.Index, filter, null, tenant == TenantNames.Sluice ? null : tenant), wall, asked);
    }

    /// <summary>A token that goes on in this scope from a position.</summary>
    public PageToken TokenAt(long position, PageOrder order) => new(Query.Ledger.Name, Wall, Asked, order, position, Query.Filter?.Text ?? "") { Call = Call };

    /// <exception cref="ApiProblem">410: retention removed what comes next.</exception>
    public void RequireKept(long position, PageOrder order, PageTokens tokens)
    {
        var kept = Query.Ledger.First;
        var (first, last, resume) = order == PageOrder.Ascending
            ? (Math.Max(position, Query.Filter?.SequenceBounds().First ?? 0), kept - 1, kept)
            : (0, position - 1, 0);
        if (order == PageOrder.Ascending ? first >= kept : position is 0 || position > kept) return;
        throw Removed(first, last, TokenAt(resume, order), tokens);
    }

    /// <summary>The refusal for a walk upwards that retention overtook before anything was answered.</summary>
    public ApiProblem Removed(EventsRemovedException removed, PageTokens tokens) =>
        Removed(removed.First, removed.Last, TokenAt(removed.Last + 1, PageOrder.Ascending), tokens);

    private static QueryScope Of(LedgerDirectory ledgers, string? wall, EventFilter? filter, string? asked, EventFilter? bound)
    {
        var tenant = wall ?? asked;
        if (tenant is null && filter is not null && filter.NamesTenant(TenantNames.Sluice))
            tenant = filter.RequiresTenant(TenantNames.Sluice) ? TenantNames.Sluice : throw TwoLedgers();
        var ledger = ledgers.OfTenant(tenant);
        return new QueryScope(new EventQuery(ledger, ledger.Index, filter, ledger == ledgers.Sluice ? null : tenant, Bound: bound), wall, asked);
    }

    public static EventFilter Parse(string text, FilterNames names)
    {
        if (EventFilter.TryParse(text, names, out var filter, out var problem)) return filter;
        throw new ApiProblem(400, "invalid_filter", problem.Message)
        {
            Field = "filter",
            Column = problem.Column,
            Members = new Dictionary<string, object?> { ["expected"] = problem.Expected },
        };
    }

    public static ApiProblem Removed(long first, long last, PageToken resume, PageTokens tokens) => new(410, "gap", $"Events {first} to {last} were removed by retention before they were read.")
    {
        Members = new Dictionary<string, object?> { ["first"] = first, ["last"] = last, ["resume_page_token"] = tokens.Write(resume) },
    };

    private static ApiProblem TwoLedgers() =>
        new(400, "invalid_filter", $"Tenant {TenantNames.Sluice} has a ledger of its own: ask for it alone, in a query that all of the filter restricts to it.")
        {
            Field = "filter",
            Column = 1,
            Members = new Dictionary<string, object?> { ["expected"] = $"tenant_id EQ \"{TenantNames.Sluice}\" AND …" },
        };
}
