using Sluice.Export;
using Sluice.Ledger;
using Sluice.Query;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/export</c>: everything that matches, up to the ledger's size when it was asked for, one event a line.</summary>
internal static class ExportEndpoint
{
    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers, PageTokens tokens, ICheckpointSource checkpoints, TenantRegistry tenants)
    {
        var parameters = new QueryParameters(context.Request, "filter", "after", "proofs", "tenant_id", "source");
        var scope = await QueryScope.OfAsync(context, ledgers, parameters.Text("filter"), parameters.Text("tenant_id"), parameters.Text("source"));
        await tenants.RequireExportsAsync(scope.Query.Tenant ?? scope.Query.Concerned, context.RequestAborted);
        var first = parameters.Number("after", 0, long.MaxValue - 1) + 1 ?? scope.Query.Ledger.First;
        scope.RequireKept(first, PageOrder.Ascending, tokens);
        try
        {
            await AnswerAsync(context, scope, first, parameters.Flag("proofs"), checkpoints);
        }
        catch (EventsRemovedException removed)
        {
            throw scope.Removed(removed, tokens);
        }
    }

    private static async Task AnswerAsync(HttpContext context, QueryScope scope, long first, bool proofs, ICheckpointSource checkpoints)
    {
        var ledger = scope.Query.Ledger;
        var checkpoint = proofs ? await checkpoints.LatestAsync(ledger.Name, ledger.Size, context.RequestAborted) : null;
        var span = await scope.Query.NarrowAsync(new SequenceSpan(first, checkpoint?.Size ?? ledger.Size, false), context.RequestAborted);
        using var walk = new EventWalk(scope.Query, span);
        await StreamedAnswer.WriteAsync(context, "application/x-ndjson", (answer, cancellation) =>
            checkpoint is null ? WriteAsync(walk, answer, cancellation) : WriteProvedAsync(walk, ledger, checkpoint, answer, cancellation));
    }

    private static async Task WriteAsync(EventWalk walk, StreamedAnswer answer, CancellationToken cancellation)
    {
        while (await walk.NextAsync(cancellation))
        {
            ExportLine.Write(walk.Current, answer);
            await answer.FlushIfFullAsync(cancellation);
        }
    }

    private static async Task WriteProvedAsync(EventWalk walk, ILedgerReader ledger, SignedCheckpoint checkpoint, StreamedAnswer answer, CancellationToken cancellation)
    {
        var (line, proofs, hashes) = (new ExportLine(), new ProofBuilder(ledger, checkpoint.Size), new List<Digest>());
        while (await walk.NextAsync(cancellation))
        {
            line.Write(walk.Current, await proofs.OfAsync(walk.Current.Sequence, hashes, cancellation), answer);
            await answer.FlushIfFullAsync(cancellation);
        }

        ExportLine.WriteCheckpoint(checkpoint.Note, answer);
    }
}
