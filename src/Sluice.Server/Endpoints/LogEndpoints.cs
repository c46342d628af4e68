using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>
/// The public log: checkpoint and tiles as C2SP tlog-tiles lays them out, so that anyone's tools can mirror and check it, and what goes with it.
/// Sluice's own ledger has the same calls under <c>/_sluice</c>.
/// </summary>
internal static class LogEndpoints
{
    private const int CheckpointsAtOnce = 100;
    private const string ForEver = "public, max-age=31536000, immutable";

    public static IEndpointRouteBuilder MapLog(this IEndpointRouteBuilder app)
    {
        Map(app, "", "main", "Integrity");
        Map(app, "/" + TenantNames.Sluice, TenantNames.Sluice, "Integrity of Sluice's own ledger");
        return app;
    }

    private static void Map(IEndpointRouteBuilder app, string prefix, string ledger, string tag)
    {
        var log = app.MapGroup(prefix).WithTags(tag);
        log.MapGet("/checkpoint", (HttpContext context, ICheckpointSource source) => CheckpointAsync(context, source, ledger))
            .WithSummary("The newest checkpoint, a C2SP signed note");
        log.MapGet("/tile/{**address}", (HttpContext context, string address, LedgerDirectory ledgers) => TileAsync(context, ledgers.Find(ledger)!, address))
            .WithSummary("A tile of hashes, or a bundle of entries");
        log.MapGet("/v1/audit/log", (LedgerIdentities identities, LedgerDirectory ledgers, CancellationToken cancellation) => LogAsync(identities[ledger], ledgers.Find(ledger)!, cancellation))
            .WithSummary("The log's name, its public key and its size");
        log.MapGet("/v1/audit/checkpoints", (HttpContext context, CheckpointStore store) => CheckpointsAsync(context, store, ledger))
            .WithSummary("Signed checkpoints, the newest first");
        log.MapGet("/v1/audit/consistency", (HttpContext context, LedgerDirectory ledgers, CancellationToken cancellation) => ConsistencyAsync(context, ledgers.Find(ledger)!, cancellation))
            .WithSummary("Proof that the log at one size is the beginning of the log at another");
    }

    private static async Task<LogAnswer> LogAsync(LedgerIdentity identity, ILedgerStore ledger, CancellationToken cancellation)
    {
        await ledger.CatchUpAsync(cancellation);
        return new LogAnswer(identity.Origin, identity.Key.Text, ledger.Size);
    }

    private static async Task CheckpointAsync(HttpContext context, ICheckpointSource source, string ledger)
    {
        var latest = await source.LatestAsync(ledger, 0, context.RequestAborted);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.WriteAsync(latest.Note, context.RequestAborted);
    }

    private static async Task TileAsync(HttpContext context, ILedgerStore ledger, string address)
    {
        if (!TilePath.TryParse("/tile/" + address, out var tile)) throw ApiProblem.NotFound("tile with this name");
        if (!TilePath.Holds(ledger.Size, tile)) await ledger.CatchUpAsync(context.RequestAborted);
        var bytes = await TileReader.ReadAsync(ledger, tile, context.RequestAborted) ?? throw NoTile(ledger, tile);
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.CacheControl = ForEver;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task<CheckpointsAnswer> CheckpointsAsync(HttpContext context, CheckpointStore store, string ledger)
    {
        var parameters = new QueryParameters(context.Request, "max_size", "page_size", "page_token");
        var below = Math.Min(parameters.Number("page_token", 0, long.MaxValue) ?? long.MaxValue, (parameters.Number("max_size", 0, long.MaxValue - 1) ?? long.MaxValue - 1) + 1);
        var count = parameters.Number("page_size", 1, 1_000) ?? CheckpointsAtOnce;
        var found = await store.ListAsync(ledger, below, (int)count + 1, context.RequestAborted);
        var page = found.Take((int)count).Select(one => new CheckpointAnswer(one.Checkpoint.Size, Timestamp.Text(one.SignedAt), one.Checkpoint.Note)).ToList();
        return new CheckpointsAnswer(page, found.Count > count ? page[^1].Size.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private static async Task<ConsistencyAnswer> ConsistencyAsync(HttpContext context, ILedgerStore ledger, CancellationToken cancellation)
    {
        await ledger.CatchUpAsync(cancellation);
        var size = ledger.Size;
        var parameters = new QueryParameters(context.Request, "from", "to");
        var (from, to) = (Required(parameters, "from"), Required(parameters, "to"));
        if (to > size) throw QueryParameters.Invalid("to", $"must be at most {size}, the size of the log");
        if (from > to) throw QueryParameters.Invalid("from", "must be at most 'to'");
        var hashes = new List<string>();
        try
        {
            foreach (var range in Proofs.Consistency(from, to)) hashes.Add((await TreeRoot.OfAsync(ledger, range, cancellation)).ToBase64());
        }
        catch (DroppedHashException dropped)
        {
            throw NotProvable(dropped, from, to, ledger.First);
        }

        return new ConsistencyAnswer(from, to, hashes);
    }

    private static ApiProblem NoTile(ILedgerReader ledger, TileAddress tile) => ApiProblem.NotFound(
        TilePath.Holds(ledger.Size, tile) ? $"such tile any more: retention removed the events before {ledger.First}. Tiles of level 1 and above are kept" : "such tile yet");

    /// <summary>Both sizes may lie where only whole tiles are known; the one whose tile was asked for is at fault.</summary>
    private static ApiProblem NotProvable(DroppedHashException dropped, long from, long to, long first)
    {
        var below = dropped.First / TileAddress.FullWidth * TileAddress.FullWidth;
        var (name, size) = from > below && from < below + TileAddress.FullWidth ? ("from", from) : ("to", to);
        return new ApiProblem(410, "gone", $"Retention removed the events before {first}, and with them hashes that a proof for size {size} needs. " +
            $"Sizes from {first} on can be proven, and before it those of the checkpoints that GET /v1/audit/checkpoints lists and the multiples of {TileAddress.FullWidth}; the nearest of these are {below} and {below + TileAddress.FullWidth}.")
        {
            Field = name,
            Members = new Dictionary<string, object?> { ["first_sequence"] = first, ["nearest_sizes"] = new[] { below, below + TileAddress.FullWidth } },
        };
    }

    private static long Required(QueryParameters parameters, string name) =>
        parameters.Number(name, 0, long.MaxValue) ?? throw new ApiProblem(400, "missing_parameter", $"'{name}' is missing: give a size of the log.") { Field = name };

    internal sealed record LogAnswer(string Origin, string Vkey, long Size);

    internal sealed record CheckpointAnswer(long Size, string SignedAt, string Checkpoint);

    internal sealed record CheckpointsAnswer(IReadOnlyList<CheckpointAnswer> Checkpoints, string? NextPageToken);

    internal sealed record ConsistencyAnswer(long From, long To, IReadOnlyList<string> Hashes);
}
