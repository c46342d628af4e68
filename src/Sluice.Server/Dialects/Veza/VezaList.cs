using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Veza;

/// <summary>
/// <c>GET /api/preview/system/audit</c>: events in order of <c>ended_at</c>. All pages of a walk are of the events that were committed when it began.
/// </summary>
internal static class VezaList
{
    private const string Call = "veza.list";

    /// <summary>How far back a query may reach.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(90);

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, TimeProvider time)
    {
        var request = VezaRequest.Of(context.Request);
        var token = request.ReadToken(context, tokens, Call);
        var filter = token is not null
            ? VezaFilter.Parse(token.Filter)
            : VezaFilter.First(request.Filter, "ended_at", first => first.EndedBounds().From, Window, Timestamp.Now(time));
        var scope = await QueryScope.OfFilterAsync(context, ledgers, filter, token is null ? request.Tenant : token.Tenant) with { Call = Call };
        var rest = RestOf(scope.Query, filter, token);
        try
        {
            await AnswerAsync(context, scope, rest, token, request, tokens);
        }
        catch (EventsRemovedException removed)
        {
            throw Removed(removed, scope, rest, tokens);
        }
    }

    private static TimedRest RestOf(EventQuery query, EventFilter filter, PageToken? token)
    {
        var (from, to) = filter.EndedBounds();
        var whole = TimeSlice.Between(TimeKind.EndedAt, from, to, descending: false);
        return token?.Timed is { } at
            ? new TimedRest(new SequenceSpan(at.First, at.End, false), whole with { From = new TimePlace(at.Time, at.Sequence) })
            : TimedSearch.Whole(query, whole);
    }

    private static async Task AnswerAsync(HttpContext context, QueryScope scope, TimedRest rest, PageToken? token, VezaRequest request, PageTokens tokens)
    {
        using var page = await TimedSearch.BeginAsync(scope.Query, rest, request.Size, context.RequestAborted);
        await VezaPage.WriteAsync(
            context, page.NextAsync, () => page.Current,
            () => (tokens.Write(TokenAt(scope, page.Rest)), page.HasMore),
            token is null ? null : VezaPage.Warning(request, token.Filter));
    }

    private static PageToken TokenAt(QueryScope scope, TimedRest rest) => scope.TokenAt(0, PageOrder.Ascending) with
    {
        Timed = new TimedPosition(rest.Span.First, rest.Span.End, rest.Slice.From.Time, rest.Slice.From.Sequence),
    };

    /// <summary>What retention took may have ended behind the walk's place, so going on is the caller's decision.</summary>
    private static ApiProblem Removed(EventsRemovedException removed, QueryScope scope, TimedRest rest, PageTokens tokens)
    {
        var behind = rest with { Span = rest.Span with { First = removed.Last + 1 } };
        return QueryScope.Removed(removed.First, removed.Last, TokenAt(scope, behind), tokens);
    }
}
