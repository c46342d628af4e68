using Sluice.Ledger;
using Sluice.Query;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/events/{id}/proof</c>: that an event is in the ledger which a signed checkpoint speaks of.</summary>
internal static class ProofEndpoints
{
    /// <summary>Checkpoints follow commits within this time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public static IEndpointRouteBuilder MapProofs(this IEndpointRouteBuilder app)
    {
        Map(app, "", "Integrity", context => new QueryParameters(context.Request, "tenant_id").Text("tenant_id"));
        Map(app, "/" + TenantNames.Sluice, "Integrity of Sluice's own ledger", _ => TenantNames.Sluice);
        return app;
    }

    private static void Map(IEndpointRouteBuilder app, string prefix, string tag, Func<HttpContext, string?> tenant) => app
        .MapGet(prefix + "/v1/audit/events/{id}/proof", (string id, HttpContext context, LedgerDirectory ledgers, ICheckpointSource checkpoints, TimeProvider time) =>
            ProveAsync(id, tenant(context), context, ledgers, checkpoints, time))
        .WithTags(tag).WithSummary("Proof that an event is in the ledger");

    private static async Task<ProofAnswer> ProveAsync(string id, string? tenant, HttpContext context, LedgerDirectory ledgers, ICheckpointSource checkpoints, TimeProvider time)
    {
        var (sequence, digest) = (0L, default(Digest));
        var ledger = await EventById.FindAsync(id, tenant, context, ledgers, stored => (sequence, digest) = (stored.Sequence, stored.Digest));
        var signed = await CheckpointAsync(checkpoints, ledger.Name, sequence + 1, time, context.RequestAborted);
        var hashes = await new ProofBuilder(ledger, signed.Size).OfAsync(sequence, [], context.RequestAborted);
        return new ProofAnswer(id, sequence, EventHash.Text(digest), signed.Size, [.. hashes.Select(hash => hash.ToBase64())], signed.Note);
    }

    private static async Task<SignedCheckpoint> CheckpointAsync(ICheckpointSource checkpoints, string ledger, long size, TimeProvider time, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await checkpoints.LatestAsync(ledger, size, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ProblemMapping.Unavailable("No checkpoint holds this event yet; one should follow within a second. Ask again.");
        }
    }

    internal sealed record ProofAnswer(string Id, long Sequence, string IntegrityHash, long TreeSize, IReadOnlyList<string> Hashes, string Checkpoint);
}
