using Sluice.Events;
using Sluice.Storage;
using Sluice.Storage.Index;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>Index files are never the truth: whatever becomes of them, queries find every event.</summary>
public sealed class PostgresIndexTests : IAsyncLifetime
{
    private const int Run = IndexTail.Capacity;

    private LedgerDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await LedgerDatabase.NewAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Index_files_that_are_lost_damaged_or_another_ledgers_are_made_again()
    {
        await FillAsync("main", Run + 1000);
        await FillAsync("_sluice", Run + 500, actor: "usr_x");
        var (mine, foreign) = (Assert.Single(RunsOf("main")), Assert.Single(RunsOf("_sluice")));

        File.Delete(mine);
        await AssertFindsAllAsync("main", Run + 1000);
        Assert.True(IndexFile.IsIntact(mine));

        foreach (var path in Directory.GetFiles(_database.IndexOf("main"))) File.Delete(path);
        foreach (var path in Directory.GetFiles(_database.IndexOf("_sluice"))) File.Copy(path, Path.Combine(_database.IndexOf("main"), Path.GetFileName(path)));
        await AssertFindsAllAsync("main", Run + 1000);

        File.Copy(foreign, mine, overwrite: true);
        File.Delete(Path.Combine(_database.IndexOf("main"), "ledger"));
        await AssertFindsAllAsync("main", Run + 1000);

        Directory.Delete(_database.FolderOf("main"), recursive: true);
        await AssertFindsAllAsync("main", Run + 1000);
    }

    [Fact]
    public async Task Groups_of_a_version_that_kept_one_time_are_read_from_bodies()
    {
        await FillAsync("main", Run + 1000);
        await _database.ExecuteAsync("UPDATE groups_1_0 SET keys = substring(keys FROM 1 FOR count * 72)");

        await AssertFindsAllAsync("new", Run + 1000);
        await using var ledger = await _database.OpenAsync("main");
        await AppendAsync(ledger, Run + 1000, 10, "usr_7");
        Assert.Equal(Run + 1010, ledger.Size);
    }

    [Fact]
    public async Task Index_files_of_a_history_that_the_database_has_lost_are_made_again()
    {
        await FillAsync("main", Run + 10, actor: "usr_lost");
        await _database.ExecuteAsync("""
            DROP TABLE events_1_0; DROP TABLE groups_1_0; DELETE FROM nodes;
            UPDATE ledger_heads SET size = 0, persisted_at = 0, tree = '\x0000000000000000' WHERE id = 1;
            """);
        await using (var other = await _database.OpenAsync("other"))
        {
            for (var from = 0; from < Run + 10; from += 10_000) await AppendAsync(other, from, Math.Min(10_000, Run + 10 - from), "usr_7");
        }

        await AssertFindsAllAsync("main", Run + 10);
    }

    [Fact]
    public async Task A_new_node_fetches_the_index_of_a_sealed_segment_instead_of_building_it()
    {
        const int Count = SegmentFile.Capacity + 100;
        await using (var ledger = await _database.OpenAsync("main"))
        {
            for (var from = 0; from < Count; from += 10_000) await AppendAsync(ledger, from, Math.Min(10_000, Count - from), "usr_7");
            for (var looks = 3_000; await _database.ScalarAsync<bool>("SELECT to_regclass('groups_1_0') IS NOT NULL"); looks--)
            {
                Assert.NotEqual(0, looks);
                await Task.Delay(20);
            }

            using var again = Batch(5, 3, "usr_7");
            await ledger.SendAsync(again);
            Assert.All(again.Events.ToArray(), e => Assert.Equal(AppendVerdict.Duplicate, e.Verdict));
        }

        // A node that had to build it would need these.
        await _database.ExecuteAsync("UPDATE events_1_0 SET body = '{}' WHERE sequence < 1000");
        await AssertFindsAllAsync("new", Count);
        Assert.Equal(File.ReadAllBytes(IndexFolder.SegmentPath(_database.IndexOf("main"), 0)), File.ReadAllBytes(IndexFolder.SegmentPath(_database.IndexOf("new"), 0)));

        // A damaged one is built from bodies, such as they are.
        await _database.ExecuteAsync("UPDATE segment_indexes SET bytes = overlay(bytes PLACING '\\x00aa00aa' FROM 5000) WHERE part = 7");
        await AssertFindsAllAsync("third", Count, without: 1000);
    }

    private IEnumerable<string> RunsOf(string node) => Directory.GetFiles(_database.IndexOf(node), "run-*.idx");

    private async Task FillAsync(string ledger, int count, string actor = "usr_7")
    {
        await using var opened = await _database.OpenAsync(ledger, ledger);
        for (var from = 0; from < count; from += 10_000) await AppendAsync(opened, from, Math.Min(10_000, count - from), actor);
        await Eventually.TrueAsync(() => RunsOf(ledger).Any() && File.ReadAllText(Path.Combine(_database.IndexOf(ledger), "ledger")).Split(' ')[1] == "1");
    }

    private async Task AssertFindsAllAsync(string node, int count, int without = 0)
    {
        await using var ledger = await _database.OpenAsync(node);
        var (found, term) = (new List<long>(), new IndexTerm.Key(IndexKind.Actor, KeyHash.Of("usr_7"u8)));
        for (SequenceSpan? span = new SequenceSpan(0, ledger.Size, false); span is { } rest;) span = await ledger.Index.FindAsync(term, rest, found, 100_000, default);
        Assert.Equal((count - without, (long)count), (found.Count, ledger.Size));
    }

    /// <summary>A machine with much to do may ask any sender to send again.</summary>
    private static async Task AppendAsync(PostgresLedger ledger, int from, int count, string actor)
    {
        using var batch = Batch(from, count, actor);
        await ledger.SendAsync(batch);
    }

    private static AcceptedBatch Batch(int from, int count, string actor) => Some.Batch(Enumerable.Range(from, count).Select(i => Some.EventWithId($"id{i:D8}", actor: actor)));
}
