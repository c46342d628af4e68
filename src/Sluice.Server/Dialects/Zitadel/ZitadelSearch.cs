using System.Buffers;
using Sluice.Events;
using Sluice.Query;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>
/// <c>POST /admin/v1/events/_search</c>. ZITADEL has no page tokens: who goes on by time is answered in order of time, who goes on by sequence in commit order,
/// so that neither leaves an event out. A page is never short for the work that it takes.
/// </summary>
internal static class ZitadelSearch
{
    private const int Unbounded = int.MaxValue;

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, ZitadelTypes types)
    {
        var request = await ZitadelRequest.OfAsync(context);
        var labels = ZitadelLanguage.Of(context);
        var scope = await QueryScope.OfFilterAsync(context, ledgers, request.After is null ? request.Filter() : request.TimedFilter(), null);
        await types.RequireKnownAsync(context, request);
        try
        {
            if (request.After is null) await AnswerByTimeAsync(context, scope.Query, request, labels);
            else await AnswerBySequenceAsync(context, scope.Query, request, labels);
        }
        catch (EventsRemovedException)
        {
            throw ProblemMapping.Unavailable("Retention removed events while they were being read. Ask again.");
        }
    }

    private static async Task AnswerByTimeAsync(HttpContext context, EventQuery query, ZitadelRequest request, ZitadelLabels labels)
    {
        var (from, to) = request.Times;
        var slice = new TimeSlice(TimeKind.Timestamp, new TimePlace(from, 0), new TimePlace(to, 0), !request.Ascending);
        using var page = await TimedSearch.BeginAsync(query, TimedSearch.Whole(query, slice), request.Limit, context.RequestAborted, Unbounded);
        await WriteAsync(context, page.NextAsync, () => page.Current, request.Limit, labels);
    }

    private static async Task AnswerBySequenceAsync(HttpContext context, EventQuery query, ZitadelRequest request, ZitadelLabels labels)
    {
        var order = request.Ascending ? PageOrder.Ascending : PageOrder.Descending;
        using var page = await EventSearch.BeginAsync(query, order, null, request.Limit, context.RequestAborted, Unbounded);
        await WriteAsync(context, page.NextAsync, () => page.Current, request.Limit, labels);
    }

    private static Task WriteAsync(HttpContext context, Func<CancellationToken, ValueTask<bool>> next, Func<StoredEvent> current, int limit, ZitadelLabels labels) =>
        StreamedAnswer.WriteAsync(context, "application/json", async (answer, cancellation) =>
        {
            // The first event is found before the first byte is written, so that most failures still get an answer of their own.
            var (spelling, left) = (new ZitadelEvent(labels), limit);
            var found = await next(cancellation);
            answer.Write("{\"events\":["u8);
            while (found)
            {
                spelling.Write(current(), answer);
                await answer.FlushIfFullAsync(cancellation);
                // Behind the last one nobody asks for more, so nobody looks for it.
                found = --left > 0 && await next(cancellation);
                if (found) answer.Write(","u8);
            }

            answer.Write("]}"u8);
        });
}
