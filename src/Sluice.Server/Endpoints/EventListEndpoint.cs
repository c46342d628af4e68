using System.Buffers;
using System.Text;
using Sluice.Profiles;
using Sluice.Query;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/events</c>: a page of events, written as they are found.</summary>
internal static class EventListEndpoint
{
    private const int DefaultPage = 100;
    private const int LargestPage = 10_000;

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens)
    {
        var parameters = new QueryParameters(context.Request, "filter", "order", "page_size", "page_token", "tenant_id", "source");
        var size = (int)(parameters.Number("page_size", 1, LargestPage) ?? DefaultPage);
        var place = await PagePlace.OfAsync(
            context, ledgers, tokens, parameters.Text("page_token"), parameters.Text("filter"), OrderOf(parameters), parameters.Text("tenant_id"), parameters.Text("source"));
        try
        {
            await AnswerAsync(context, place, size, tokens);
        }
        catch (EventsRemovedException removed)
        {
            throw place.Scope.Removed(removed, tokens);
        }
    }

    private static async Task AnswerAsync(HttpContext context, PagePlace place, int size, PageTokens tokens)
    {
        using var page = await EventSearch.BeginAsync(place.Scope.Query, place.Order, place.Position, size, context.RequestAborted, until: place.Until);
        await StreamedAnswer.WriteAsync(context, "application/json", async (answer, cancellation) =>
        {
            await WriteEventsAsync(page, answer, cancellation);
            var token = page.NextPosition is { } position ? $"\"{tokens.Write(place.TokenAt(position))}\"" : "null";
            answer.Write(Encoding.UTF8.GetBytes($"],\"next_page_token\":{token},\"has_more\":{(page.HasMore || place.HasMore ? "true" : "false")}}}"));
        });
    }

    private static async Task WriteEventsAsync(EventSearch page, StreamedAnswer answer, CancellationToken cancellation)
    {
        // The first event is found before the first byte is written, so that most failures still get an answer of their own.
        var found = await page.NextAsync(cancellation);
        answer.Write("{\"events\":["u8);
        while (found)
        {
            SluiceProfile.Instance.Write(page.Current, answer);
            await answer.FlushIfFullAsync(cancellation);
            found = await page.NextAsync(cancellation);
            if (found) answer.Write(","u8);
        }
    }

    private static PageOrder? OrderOf(QueryParameters parameters) => parameters.Text("order") switch
    {
        null => null,
        "asc" => PageOrder.Ascending,
        "desc" => PageOrder.Descending,
        _ => throw QueryParameters.Invalid("order", "must be asc or desc"),
    };
}
