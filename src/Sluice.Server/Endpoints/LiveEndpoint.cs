using Sluice.Query;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/events/live</c>: events as they are committed, as server-sent events; <c>Last-Event-ID</c> goes on where a reader was.</summary>
internal static class LiveEndpoint
{
    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var parameters = new QueryParameters(context.Request, "filter", "tenant_id", "source");
        var resume = context.Request.Headers["Last-Event-ID"].ToString();
        var place = await PagePlace.OfAsync(
            context, ledgers, tokens, resume.Length > 0 ? resume : null, parameters.Text("filter"), PageOrder.Ascending, parameters.Text("tenant_id"), parameters.Text("source"));
        var from = place.Position ?? place.Scope.Query.Ledger.Size;
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await StreamedAnswer.WriteAsync(context, "text/event-stream", async (answer, cancellation) =>
        {
            var stream = new LiveStream(place.Scope.Query, from, tokens.Along(place.Scope.TokenAt(from, PageOrder.Ascending)), answer, time);
            try
            {
                await stream.RunAsync(ending.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The server stops. Readers come back with the id of the last event that they have.
            }
        });
    }
}
