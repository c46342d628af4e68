using Sluice.Checkpoints;
using Sluice.Ledger;
using Sluice.Migration;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tests.Fakes;
using Sluice.Tests.Storage;
using Sluice.Tests.Verification;

namespace Sluice.Tests.Migration;

[Collection(FilledLedgerTests.Name)]
public sealed class RetentionMigrationTests(FilledLedger filled)
{
    private static readonly long[] Sizes = [1, 1_000, SegmentFile.Capacity, SegmentFile.Capacity + 700, 2 * SegmentFile.Capacity, (2 * SegmentFile.Capacity) + 500];

    [Fact]
    public async Task What_is_kept_of_removed_events_is_carried_over_and_still_leads_to_every_checkpoint()
    {
        await using var its = await PrepareAsync();
        var (signed, size) = await SignAndDropAsync(its.Folder);

        await its.MoveAsync();

        await using var main = await its.OpenAsync();
        Assert.Equal((2 * SegmentFile.Capacity, size), (main.First, main.Size));
        foreach (var (at, root) in signed)
        {
            Assert.Equal(root, await TreeRoot.OfAsync(main, at, default));
            var proof = new List<Digest>();
            foreach (var range in Proofs.Consistency(at, size)) proof.Add(await TreeRoot.OfAsync(main, range, default));
            Assert.True(Proofs.VerifyConsistency(at, size, proof, root, main.Tree().Root()), $"From {at}.");
        }

        await Assert.ThrowsAsync<DroppedHashException>(async () => await main.NodeAsync(new NodeId(0, 1_030), default));
        var verdict = await its.VerdictAsync();
        Assert.Equal((null, 2 * SegmentFile.Capacity, size - (2 * SegmentFile.Capacity), Sizes.Length), (verdict.Fault, verdict.First, verdict.Events, verdict.Checkpoints));
        await its.ExecuteAsync("UPDATE nodes SET hash = decode(repeat('00', 32), 'hex') WHERE ledger = 1 AND level = 8 AND number = 77");
        Assert.Contains("retention removed", (await its.VerdictAsync()).Fault!.Problem);
    }

    [Fact]
    public async Task Events_that_retention_removed_between_two_tries_are_missed()
    {
        await using var its = await PrepareAsync();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => its.RunAsync(new MovedInstance.Heard(events => { if (events > 0) stop.Cancel(); }), stop.Token));
        await SignAndDropAsync(its.Folder);

        Assert.Contains("Begin anew with an empty database", (await Assert.ThrowsAsync<StorageUnavailableException>(() => its.RunAsync())).Message);
    }

    private async Task<MovedInstance> PrepareAsync()
    {
        var folder = await LedgerFolder.WithAsync();
        var main = Path.Combine(folder.Path, "ledger", "main");
        Directory.Delete(main, recursive: true);
        filled.CopyTo(main);
        return await MovedInstance.PrepareAsync(folder);
    }

    private static async Task<(Dictionary<long, Digest> Signed, long Size)> SignAndDropAsync(LedgerFolder folder)
    {
        using var configuration = ConfigurationDatabase.Open(folder.Path);
        using var identities = await LedgerIdentities.OpenAsync(configuration, new PlainProtector(), "test.example/main");
        await using var ledger = folder.Open("main");
        var signed = new Dictionary<long, Digest>();
        foreach (var size in Sizes)
        {
            signed.Add(size, await TreeRoot.OfAsync(ledger, size, default));
            await new CheckpointStore(configuration).AddAsync("main", new SignedCheckpoint(size, new Checkpoint(identities.Main.Origin, size, signed[size]).Sign(identities.Main)), size);
        }

        for (var i = 0; i < 2; i++) Assert.NotNull(await ledger.DropOldestAsync(long.MaxValue, Sizes, default));
        return (signed, ledger.Size);
    }
}
