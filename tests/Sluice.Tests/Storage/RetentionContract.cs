using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Query;
using Sluice.Storage;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Storage;

/// <summary>What every engine's ledger does when its oldest segments go.</summary>
public abstract class RetentionContract
{
    /// <summary>Events behind the two sealed segments.</summary>
    private const int Rest = 1_000;

    private const int AtOnce = 8_192;

    /// <summary>Events of a segment.</summary>
    protected abstract long Segment { get; }

    /// <summary>Opens a ledger of the test's own as <see cref="FillAsync"/> leaves it.</summary>
    protected abstract Task<ILedgerStore> OpenFilledAsync();

    /// <summary>Two sealed segments and the beginning of a third. A minute passes after every 8,192 events.</summary>
    internal static async Task FillAsync(ILedgerStore ledger, long segment, ManualTime time)
    {
        var end = (2 * segment) + Rest;
        var next = Task.Run(() => Batch(0, AtOnce));
        for (long from = 0; from < end; from += AtOnce)
        {
            using var batch = await next;
            var after = from + AtOnce;
            if (after < end) next = Task.Run(() => Batch(after, (int)Math.Min(AtOnce, end - after)));
            await ledger.SendAsync(batch);
            time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task What_remains_is_read_found_and_proven_as_before()
    {
        await using var ledger = await OpenFilledAsync();
        var (size, root) = (ledger.Size, ledger.Tree().Root());
        long[] checkpoints = [1, 1_000, Segment - 1, Segment, Segment + 700, Segment + 1_024];
        var signed = new Dictionary<long, Digest>();
        foreach (var each in checkpoints) signed.Add(each, await TreeRoot.OfAsync(ledger, each, default));

        Assert.Equal(new DroppedSegment(0, Segment - 1), await ledger.DropOldestAsync(long.MaxValue, checkpoints, default));
        Assert.Equal(Segment, ledger.First);
        Assert.Equal(new DroppedSegment(Segment, (2 * Segment) - 1), await ledger.DropOldestAsync(long.MaxValue, checkpoints, default));

        Assert.Equal((2 * Segment, size), (ledger.First, ledger.Size));
        Assert.Equal((root, root), (ledger.Tree().Root(), await TreeRoot.OfAsync(ledger, size, default)));
        await AssertReads(ledger);
        await AssertProves(ledger, root);
        foreach (var (from, then) in signed) await AssertConsistent(ledger, from, then, root);
        await TreeRoot.OfAsync(ledger, Segment + 256, default);
        await Assert.ThrowsAsync<DroppedHashException>(async () => await ledger.NodeAsync(new NodeId(0, 1_030), default));
        await Assert.ThrowsAsync<DroppedHashException>(async () => await TreeRoot.OfAsync(ledger, Segment + 1_100, default));
    }

    [Fact]
    public async Task A_segment_stays_until_it_is_sealed_and_all_of_it_is_older_and_then_its_ids_are_forgotten()
    {
        await using var ledger = await OpenFilledAsync();
        var last = await PersistedAtAsync(ledger, Segment - 1);
        using var before = Batch(7, 1);
        await ledger.SendAsync(before);
        Assert.Equal((AppendVerdict.Duplicate, 7), (before[0].Verdict, before[0].Sequence));

        Assert.Null(await ledger.DropOldestAsync(last, [], default));
        Assert.Equal(0, ledger.First);
        Assert.Equal(new DroppedSegment(0, Segment - 1), await ledger.DropOldestAsync(last + 1, [], default));
        Assert.Null(await ledger.DropOldestAsync(last + 1, [], default));

        var size = ledger.Size;
        using var again = Batch(7, 1);
        using var kept = Batch(Segment + 7, 1);
        await ledger.SendAsync(again, kept);
        Assert.Equal((AppendVerdict.Stored, size), (again[0].Verdict, again[0].Sequence));
        Assert.Equal((AppendVerdict.Duplicate, Segment + 7), (kept[0].Verdict, kept[0].Sequence));

        Assert.NotNull(await ledger.DropOldestAsync(long.MaxValue, [], default));
        Assert.Null(await ledger.DropOldestAsync(long.MaxValue, [], default));
        Assert.Equal(2 * Segment, ledger.First);
    }

    [Fact]
    public async Task Ingest_and_readers_go_on_while_segments_are_dropped()
    {
        await using var ledger = await OpenFilledAsync();
        var dropping = Task.Run(async () =>
        {
            while (await ledger.DropOldestAsync(long.MaxValue, [1_000], default) is not null) { }
        });
        var reading = Task.Run(() => ReadUntilAsync(ledger, dropping));
        var (from, appendedMeanwhile) = (ledger.Size, 0);
        while (!dropping.IsCompleted)
        {
            using var batch = Batch(10_000_000 + from, 10);
            await ledger.SendAsync(batch);
            Assert.All(batch.Events.ToArray(), each => Assert.Equal(AppendVerdict.Stored, each.Verdict));
            from += 10;
            if (!dropping.IsCompleted) appendedMeanwhile++;
        }

        await dropping;
        await reading;
        Assert.True(appendedMeanwhile > 0);
        Assert.Equal((2 * Segment, from), (ledger.First, ledger.Size));
        Assert.Equal(ledger.Tree().Root(), await TreeRoot.OfAsync(ledger, ledger.Size, default));
    }

    /// <summary>Whatever is going on, a page has no holes, begins where it was asked to or at a beginning, and a walk says what it misses.</summary>
    private async Task ReadUntilAsync(ILedgerStore ledger, Task dropping)
    {
        using var page = new EventPage();
        for (long at = Segment - 300; !dropping.IsCompleted; at = at == Segment - 300 ? (2 * Segment) - 300 : Segment - 300)
        {
            page.Clear();
            await ledger.ReadAsync(page, at, at + 600, 600, int.MaxValue, default);
            if (page.Count == 0) Assert.True(ledger.First >= at + 600);
            else Assert.True(page[0].Sequence == at || (page[0].Sequence % Segment == 0 && page[0].Sequence <= ledger.First));
            for (var i = 1; i < page.Count; i++) Assert.Equal(page[0].Sequence + i, page[i].Sequence);
            await AssertWalkIsWholeOrSaysSo(ledger, at);
        }
    }

    private static async Task AssertWalkIsWholeOrSaysSo(ILedgerStore ledger, long at)
    {
        using var walk = new EventWalk(new EventQuery(ledger, ledger.Index, null, "t1"), new SequenceSpan(at, at + 600, false));
        var expected = at + ((4 - (at % 3)) % 3);
        try
        {
            for (; await walk.NextAsync(default); expected += 3) Assert.Equal(expected, walk.Current.Sequence);
            Assert.True(expected >= at + 600);
        }
        catch (EventsRemovedException removed)
        {
            Assert.InRange(removed.First, at, ledger.First - 1);
        }
    }

    private static async Task AssertReads(ILedgerStore ledger)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, 5, long.MaxValue, 100, int.MaxValue, default);
        Assert.Equal((100, ledger.First), (page.Count, page[0].Sequence));
        page.Clear();
        await ledger.ReadAsync(page, 5, 10, 100, int.MaxValue, default);
        Assert.Equal(0, page.Count);
        await ledger.ReadManyAsync(page, new[] { 5, ledger.First - 1, ledger.First + 3 }, default);
        Assert.Equal(ledger.First + 3, Assert.Single(Enumerable.Range(0, page.Count).Select(i => page[i].Sequence)));

        using var walk = new EventWalk(new EventQuery(ledger, ledger.Index, null, "t1"), new SequenceSpan(0, ledger.Size, true));
        var found = new List<long>();
        while (await walk.NextAsync(default)) found.Add(walk.Current.Sequence);
        Assert.Equal(Enumerable.Range(0, (int)(ledger.Size - ledger.First)).Select(i => ledger.First + i).Where(i => i % 3 == 1).Reverse(), found);
    }

    private static async Task AssertProves(ILedgerStore ledger, Digest root)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, ledger.First, ledger.Size, Rest, int.MaxValue, default);
        for (var i = 0; i < page.Count; i += 111)
        {
            var proof = await new ProofBuilder(ledger, ledger.Size).OfAsync(page[i].Sequence, [], default);
            Assert.True(Proofs.VerifyInclusion(page[i].Sequence, ledger.Size, MerkleHash.Leaf(page[i].Digest), proof, root));
        }
    }

    private static async Task AssertConsistent(ILedgerStore ledger, long from, Digest then, Digest now)
    {
        Assert.Equal(then, await TreeRoot.OfAsync(ledger, from, default));
        var proof = new List<Digest>();
        foreach (var range in Proofs.Consistency(from, ledger.Size)) proof.Add(await TreeRoot.OfAsync(ledger, range, default));
        Assert.True(Proofs.VerifyConsistency(from, ledger.Size, proof, then, now), $"From {from}.");
    }

    private static async Task<long> PersistedAtAsync(ILedgerStore ledger, long sequence)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, sequence, sequence + 1, 1, 1, default);
        return page[0].PersistedAt;
    }

    private static AcceptedBatch Batch(long from, int count) => Some.Batch(Enumerable.Range(0, count).Select(i => from + i).Select(i =>
        $$$"""{"id":"id{{{i:D8}}}","timestamp":"2026-03-15T08:42:17Z","tenant_id":"t{{{i % 3}}}","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_{{{i % 100}}}"}}"""));
}
