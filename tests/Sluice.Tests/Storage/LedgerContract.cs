using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Storage;

/// <summary>What every engine of a ledger promises.</summary>
public abstract class LedgerContract
{
    /// <summary>Opens the test's ledger, again too once it was closed.</summary>
    private protected abstract Task<ILedgerStore> OpenAsync();

    [Fact]
    public async Task Events_get_consecutive_sequences_and_read_back_as_they_were_accepted()
    {
        await using var ledger = await OpenAsync();
        using var batch = Some.Batch(Some.EventWithId("a"), Some.EventWithId("b"), Some.EventWithId("c"));

        await ledger.SendAsync(batch);

        Assert.Equal([0, 1, 2], batch.Events.ToArray().Select(e => e.Sequence));
        using var page = new EventPage();
        await ledger.ReadAsync(page, 0, 10, 100, 1 << 20, default);
        Assert.Equal(3, page.Count);
        Assert.Equal(batch.Body(batch[1]), page[1].Body.Span);
        Assert.Equal(batch[1].Digest, page[1].Digest);
    }

    [Fact]
    public async Task The_same_event_again_is_a_duplicate_and_another_under_its_id_a_conflict()
    {
        await using var ledger = await OpenAsync();
        using var first = Some.Batch(Some.EventWithId("a"));
        await ledger.SendAsync(first);

        using var again = Some.Batch(Some.EventWithId("a"), Some.EventWithId("a", actor: "usr_2"), Some.EventWithId("a", tenant: "other"), Some.EventWithId("b"), Some.EventWithId("b"));
        await ledger.SendAsync(again);

        Assert.Equal(
            [(AppendVerdict.Duplicate, 0), (AppendVerdict.Conflict, 0), (AppendVerdict.Stored, 1), (AppendVerdict.Stored, 2), (AppendVerdict.Duplicate, 2)],
            again.Events.ToArray().Select(e => (e.Verdict, e.Sequence)));
        Assert.Equal(3, ledger.Size);
    }

    [Fact]
    public async Task What_a_sender_left_out_does_not_make_a_conflict()
    {
        await using var ledger = await OpenAsync();
        using var full = Some.Batch(Some.EventWith("\"id\":\"a\",\"timestamp\":\"2026-03-15T08:42:17Z\",\"tenant_id\":\"default\",\"category\":\"own\""));
        await ledger.SendAsync(full);

        using var bare = Some.Batch(Some.EventWith("\"id\":\"a\""), Some.EventWith("\"id\":\"a\",\"category\":\"other\""));
        await ledger.SendAsync(bare);

        Assert.Equal([AppendVerdict.Duplicate, AppendVerdict.Conflict], bare.Events.ToArray().Select(e => e.Verdict));
    }

    [Fact]
    public async Task A_reopened_ledger_knows_its_events_ids_and_tree()
    {
        Digest root;
        await using (var ledger = await OpenAsync())
        {
            using var batch = Batch(0, 1000);
            await ledger.SendAsync(batch);
            root = ledger.Tree().Root();
        }

        await using var reopened = await OpenAsync();
        using var again = Batch(990, 20);
        await reopened.SendAsync(again);

        Assert.Equal(10, again.Events.ToArray().Count(e => e.Verdict == AppendVerdict.Duplicate));
        Assert.Equal(1010, reopened.Size);
        Assert.NotEqual(root, reopened.Tree().Root());
        Assert.Equal(await RootFromNodes(reopened), reopened.Tree().Root());
    }

    [Fact]
    public async Task The_tree_is_the_one_over_the_digests_and_its_nodes_prove_every_event()
    {
        await using var ledger = await OpenAsync();
        foreach (var from in new[] { 0, 300, 600 })
        {
            using var batch = Batch(from, 300);
            await ledger.SendAsync(batch);
        }

        var root = ledger.Tree().Root();
        Assert.Equal(await RootFromNodes(ledger), root);
        using var page = new EventPage();
        await ledger.ReadAsync(page, 0, 900, 900, int.MaxValue, default);
        for (var i = 0; i < 900; i += 7)
        {
            var proof = new List<Digest>();
            foreach (var range in Proofs.Inclusion(i, 900)) proof.Add(await Fold(ledger, range));
            Assert.True(Proofs.VerifyInclusion(i, 900, MerkleHash.Leaf(page[i].Digest), proof, root));
        }
    }

    [Fact]
    public async Task Every_index_answer_is_what_brute_force_finds()
    {
        await using var ledger = await OpenAsync();
        const int Count = 70_000;
        for (var from = 0; from < Count; from += 5000)
        {
            using var batch = Batch(from, 5000);
            await ledger.SendAsync(batch);
        }

        var actor = new IndexTerm.Key(IndexKind.Actor, KeyHash.Of("usr_7"u8));
        var tenant = new IndexTerm.Key(IndexKind.Tenant, KeyHash.Of("t1"u8));
        foreach (var descending in new[] { false, true })
        {
            await AssertFinds(ledger, actor, descending, i => i % 100 == 7);
            await AssertFinds(ledger, new IndexTerm.All([actor, tenant]), descending, i => i % 100 == 7 && i % 3 == 1);
            await AssertFinds(ledger, new IndexTerm.Any([actor, tenant]), descending, i => i % 100 == 7 || i % 3 == 1);
            await AssertFinds(ledger, new IndexTerm.AnyTenantId("id00065535"), descending, i => i == 65_535);
            await AssertFinds(ledger, new IndexTerm.All([tenant, new IndexTerm.Time(Time(100), Time(66_000))]), descending, i => i % 3 == 1 && i is >= 100 and <= 66_000);
            await AssertFinds(ledger, IndexTerm.Everything.Instance, descending, _ => true);
        }
    }

    [Fact]
    public async Task Events_are_found_in_order_of_each_of_their_times_wherever_they_stand()
    {
        await using var ledger = await OpenAsync();
        const int Count = 70_000;
        // Times that rise, fall, and are the same for a thousand events.
        int Ended(int i) => i < 30_000 ? 50_000 - i : i < 60_000 ? i : i / 1000;
        for (var from = 0; from < Count; from += 5000)
        {
            using var batch = Batch(from, 5000, Ended);
            await ledger.SendAsync(batch);
        }

        var actor = new IndexTerm.Key(IndexKind.Actor, KeyHash.Of("usr_7"u8));
        foreach (var descending in new[] { false, true })
        {
            await AssertFindsByTime(ledger, IndexTerm.Everything.Instance, TimeSlice.Between(TimeKind.EndedAt, Time(10), Time(59_000), descending), Ended, _ => true);
            await AssertFindsByTime(ledger, actor, TimeSlice.Between(TimeKind.EndedAt, 0, long.MaxValue, descending), Ended, i => i % 100 == 7);
            await AssertFindsByTime(ledger, actor, TimeSlice.Between(TimeKind.Timestamp, Time(100), Time(66_000), descending), i => i, i => i % 100 == 7);
        }

        Assert.Equal(28_672, ledger.Index.Narrow(new SequenceSpan(5, Count, false), TimeSlice.Between(TimeKind.EndedAt, 0, Time(20_400), false)).First);
        Assert.Equal(Count, ledger.Index.Narrow(new SequenceSpan(5, Count, false), TimeSlice.Between(TimeKind.EndedAt, Time(70_000), long.MaxValue, false)).First);
    }

    [Fact]
    public async Task A_ledger_grows_into_its_next_segment_and_finds_ids_of_the_sealed_one()
    {
        const int Step = 10_000;
        await using (var ledger = await OpenAsync())
        {
            for (var from = 0; from < SegmentFile.Capacity + Step; from += Step)
            {
                using var batch = Batch(from, Step);
                await ledger.SendAsync(batch);
            }
        }

        await using var reopened = await OpenAsync();
        var size = reopened.Size;
        using var again = Batch(0, 10);
        await reopened.SendAsync(again);

        Assert.True(size > SegmentFile.Capacity);
        Assert.All(again.Events.ToArray(), e => Assert.Equal(AppendVerdict.Duplicate, e.Verdict));
        Assert.Equal(await RootFromNodes(reopened), reopened.Tree().Root());
        await AssertFinds(reopened, new IndexTerm.AnyTenantId($"id{SegmentFile.Capacity:D8}"), true, i => i == SegmentFile.Capacity, (int)size);
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken_by_the_next_event()
    {
        await using var ledger = await OpenAsync();
        var waiting = ledger.WaitForMoreThanAsync(0, default).AsTask();
        Assert.False(waiting.IsCompleted);

        using var batch = Batch(0, 1);
        await ledger.SendAsync(batch);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private protected static long Time(int i) => (1_773_564_137L + i) * 1_000_000_000;

    private static AcceptedBatch Batch(int from, int count, Func<int, int> ended) => Some.Batch(Enumerable.Range(from, count).Select(i =>
        $$$"""{"id":"id{{{i:D8}}}","timestamp":"{{{Timestamp.Text(Time(i))}}}","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_{{{i % 100}}}"},"api_call":{"ended_at":"{{{Timestamp.Text(Time(ended(i)))}}}"}}"""));

    private static async Task AssertFindsByTime(ILedgerStore ledger, IndexTerm term, TimeSlice slice, Func<int, int> time, Func<int, bool> expected)
    {
        var span = new SequenceSpan(20_000, 69_000, false);
        var wanted = Enumerable.Range(20_000, 49_000).Where(expected).Select(i => new TimePlace(Time(time(i)), i)).Where(slice.Contains).Order().ToList();
        if (slice.Descending) wanted.Reverse();

        var found = new List<TimePlace>();
        for (var more = true; more;)
        {
            var before = found.Count;
            await ledger.Index.FindByTimeAsync(term, span, slice, found, 7_000, default);
            more = found.Count - before == 7_000;
            if (more) slice = slice.Behind(found[^1]);
        }

        Assert.Equal(wanted, found);
    }

    private protected static AcceptedBatch Batch(int from, int count) => Some.Batch(Enumerable.Range(from, count).Select(i =>
        $$$"""{"id":"id{{{i:D8}}}","timestamp":"{{{Timestamp.Text(Time(i))}}}","tenant_id":"t{{{i % 3}}}","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_{{{i % 100}}}"}}"""));

    private protected static async Task AssertFinds(ILedgerStore ledger, IndexTerm term, bool descending, Func<int, bool> expected, int count = 70_000)
    {
        var found = new List<long>();
        SequenceSpan? span = new SequenceSpan(0, ledger.Size, descending);
        while (span is { } rest) span = await ledger.Index.FindAsync(term, rest, found, 1000, default);

        var wanted = Enumerable.Range(0, count).Where(expected).Select(i => (long)i);
        Assert.Equal(descending ? wanted.Reverse() : wanted, found);
    }

    private protected static Task<Digest> RootFromNodes(ILedgerStore ledger) => Fold(ledger, new LeafRange(0, ledger.Size));

    private protected static async Task<Digest> Fold(ILedgerStore ledger, LeafRange range)
    {
        var hashes = new List<Digest>();
        foreach (var node in Proofs.Subtrees(range)) hashes.Add(await ledger.NodeAsync(node, default));
        return Proofs.Fold(hashes);
    }
}
