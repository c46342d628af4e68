using System.Buffers;
using System.Text;
using Sluice.Events;
using Sluice.Profiles;
using Sluice.Query;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Zaita;

/// <summary>
/// <c>GET /v1/zaita/audit-events</c>: events in commit order. Whoever keeps the last token that was not null, and asks again with it, sees every event that was
/// committed since once; whoever asks until a token is null comes to an end.
/// </summary>
internal static class ZaitaList
{
    private const string Call = "zaita";

    private static readonly IProfile Profile = ProfileCatalogue.Named("zaita");

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, TimeProvider time)
    {
        var request = ZaitaRequest.Of(context.Request);
        var token = request.Token is { } text ? CallTokens.Read(context, tokens, text, Call, "page_token") : null;
        if (token is not null) request.RequireSame(token);
        var filter = token is null ? request.Filter : token.Filter;
        var scope = await QueryScope.OfAsync(context, ledgers, filter.Length == 0 ? null : filter, token is null ? request.Tenant : token.Tenant) with { Call = Call };
        if (scope.IsOwn) throw NotHere();
        if (token is not null) scope.RequireKept(token.Position, PageOrder.Ascending, tokens);
        var isOver = scope.Query.Filter?.HappenedBounds().To < Timestamp.Now(time);
        try
        {
            await AnswerAsync(context, scope, token?.Position, request.Size, isOver, tokens);
        }
        catch (EventsRemovedException removed)
        {
            throw scope.Removed(removed, tokens);
        }
    }

    /// <param name="isOver">Nothing more is expected in the time that is asked for, so its last page has no token.</param>
    private static async Task AnswerAsync(HttpContext context, QueryScope scope, long? position, int size, bool isOver, PageTokens tokens)
    {
        using var page = await EventSearch.BeginAsync(scope.Query, PageOrder.Ascending, position, size, context.RequestAborted);
        await StreamedAnswer.WriteAsync(context, "application/json", async (answer, cancellation) =>
        {
            var isEmpty = !await WriteEventsAsync(page, answer, cancellation);
            var isLast = !page.HasMore && (isEmpty || isOver);
            var next = isLast ? "null" : $"\"{tokens.Write(scope.TokenAt(page.NextPosition!.Value, PageOrder.Ascending))}\"";
            answer.Write(Encoding.UTF8.GetBytes($"],\"next_page_token\":{next}}}"));
        });
    }

    /// <summary>This call is an event there itself, and its tokens cannot tell a walk, which must end, from a poller, who goes on.</summary>
    private static ApiProblem NotHere() =>
        new(400, "invalid_parameter", "Sluice's own events are not read by this call. Ask GET /v1/audit/events?source=sluice for them.");

    /// <returns>False when there are none.</returns>
    private static async Task<bool> WriteEventsAsync(EventSearch page, StreamedAnswer answer, CancellationToken cancellation)
    {
        // The first event is found before the first byte is written, so that most failures still get an answer of their own.
        var (found, isFirst) = (await page.NextAsync(cancellation), true);
        var events = new SpelledAnswer(Profile, answer);
        answer.Write("{\"events\":["u8);
        for (; found; found = await page.NextAsync(cancellation), isFirst = false)
        {
            if (!isFirst) answer.Write(","u8);
            events.Write(page.Current);
            await answer.FlushIfFullAsync(cancellation);
        }

        return !isFirst;
    }
}
