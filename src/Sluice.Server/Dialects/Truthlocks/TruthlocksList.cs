using System.Buffers;
using System.Text;
using Sluice.Profiles;
using Sluice.Query;
using Sluice.Server.Endpoints;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Truthlocks;

/// <summary><c>GET /v1/audit</c>: a page of events, the newest first, in the order in which they were committed.</summary>
internal static class TruthlocksList
{
    private const string Call = "truthlocks";

    private static readonly IProfile Profile = ProfileCatalogue.Named("truthlocks");

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens)
    {
        var request = TruthlocksRequest.Of(context.Request);
        var token = request.Cursor is { } text ? CallTokens.Read(context, tokens, text, Call, "cursor") : null;
        if (token is not null) request.RequireSame(token);
        var filter = token is null ? request.Filter : token.Filter;
        var scope = await QueryScope.OfAsync(context, ledgers, filter.Length == 0 ? null : filter, token is null ? request.Tenant : token.Tenant) with { Call = Call };
        if (token is not null) scope.RequireKept(token.Position, PageOrder.Descending, tokens);
        using var page = await EventSearch.BeginAsync(scope.Query, PageOrder.Descending, token?.Position, request.Limit, context.RequestAborted);
        await StreamedAnswer.WriteAsync(context, "application/json", async (answer, cancellation) =>
        {
            await WriteItemsAsync(page, answer, cancellation);
            var cursor = page.NextPosition is { } position ? $"\"{tokens.Write(scope.TokenAt(position, PageOrder.Descending))}\"" : "null";
            answer.Write(Encoding.UTF8.GetBytes($"],\"next_cursor\":{cursor}}}"));
        });
    }

    private static async Task WriteItemsAsync(EventSearch page, StreamedAnswer answer, CancellationToken cancellation)
    {
        // The first event is found before the first byte is written, so that most failures still get an answer of their own.
        var found = await page.NextAsync(cancellation);
        var events = new SpelledAnswer(Profile, answer);
        answer.Write("{\"items\":["u8);
        while (found)
        {
            events.Write(page.Current);
            await answer.FlushIfFullAsync(cancellation);
            found = await page.NextAsync(cancellation);
            if (found) answer.Write(","u8);
        }
    }
}
