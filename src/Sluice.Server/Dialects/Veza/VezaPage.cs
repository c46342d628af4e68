using System.Buffers;
using System.Text;
using Sluice.Profiles;
using Sluice.Server.Endpoints;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Veza;

/// <summary>A page as Veza answers it: the events in <c>values</c>, and always a token.</summary>
internal static class VezaPage
{
    private static readonly IProfile Profile = ProfileCatalogue.Named("veza");

    /// <param name="next">Goes to the next event; false at the page's end.</param>
    /// <param name="current">The event that it went to.</param>
    /// <param name="end">Known at the page's end: the next page's token, and whether there is something in it already.</param>
    public static Task WriteAsync(
        HttpContext context, Func<CancellationToken, ValueTask<bool>> next, Func<StoredEvent> current, Func<(string Token, bool HasMore)> end, string? warning) =>
        StreamedAnswer.WriteAsync(context, "application/json", async (answer, cancellation) =>
        {
            // The first event is found before the first byte is written, so that most failures still get an answer of their own.
            var found = await next(cancellation);
            var events = new SpelledAnswer(Profile, answer);
            answer.Write("{\"values\":["u8);
            while (found)
            {
                events.Write(current());
                await answer.FlushIfFullAsync(cancellation);
                found = await next(cancellation);
                if (found) answer.Write(","u8);
            }

            var (token, hasMore) = end();
            var warnings = warning is null ? "" : $",\"warnings\":[\"{warning}\"]";
            answer.Write(Encoding.UTF8.GetBytes($"],\"next_page_token\":\"{token}\",\"has_more\":{(hasMore ? "true" : "false")}{warnings}}}"));
        });

    /// <summary>The token brings its own filter. Hard-coded ones beside it do no harm, but whoever changed one should know.</summary>
    public static string? Warning(VezaRequest request, string filter) =>
        request.Filter is not null && request.Filter != filter ? "The filter is ignored: beside a page token that of the first page goes on." : null;
}
