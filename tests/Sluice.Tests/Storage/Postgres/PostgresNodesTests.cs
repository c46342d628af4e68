using Npgsql;
using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>Several nodes on one database, each a ledger of its own over its own folder and connections.</summary>
public sealed class PostgresNodesTests : IAsyncLifetime
{
    private LedgerDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await LedgerDatabase.NewAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_is_written_through_one_node_is_read_through_another_at_once()
    {
        await using var a = await _database.OpenAsync("a");
        await using var b = await _database.OpenAsync("b");
        for (var i = 0; i < 20; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (a, b) : (b, a);
            using var batch = Some.Batch(Some.EventWithId($"e{i}"));
            await writer.AppendAsync([batch], default);
            await reader.CatchUpAsync(default);

            Assert.Equal((i + 1, i), (reader.Size, batch[0].Sequence));
            using var page = new EventPage();
            await reader.ReadAsync(page, i, i + 1, 1, 1, default);
            Assert.Equal(batch.Body(batch[0]), page[0].Body.Span);
            Assert.Equal(writer.Tree().Root(), reader.Tree().Root());
        }
    }

    [Fact]
    public async Task The_same_event_through_two_nodes_at_the_same_moment_is_stored_once()
    {
        await using var a = await _database.OpenAsync("a");
        await using var b = await _database.OpenAsync("b");
        for (var i = 0; i < 30; i++)
        {
            using var first = Some.Batch(Some.EventWithId($"e{i}"), Some.EventWithId($"d{i}"));
            using var second = Some.Batch(Some.EventWithId($"e{i}"), Some.EventWithId($"d{i}", actor: "usr_2"));
            await Task.WhenAll(Task.Run(() => a.AppendAsync([first], default).AsTask()), Task.Run(() => b.AppendAsync([second], default).AsTask()));

            var (winner, loser) = first[0].Verdict == AppendVerdict.Stored ? (first, second) : (second, first);
            Assert.Equal([AppendVerdict.Stored, AppendVerdict.Stored], winner.Events.ToArray().Select(e => e.Verdict));
            Assert.Equal([AppendVerdict.Duplicate, AppendVerdict.Conflict], loser.Events.ToArray().Select(e => e.Verdict));
            Assert.Equal(winner.Events.ToArray().Select(e => e.Sequence), loser.Events.ToArray().Select(e => e.Sequence));
        }
    }

    /// <summary>Marten and ZITADEL: a sequence taken early and committed late lay behind readers that had gone on.</summary>
    [Fact]
    public async Task A_transaction_that_takes_its_position_early_and_commits_late_does_not_make_a_reader_skip()
    {
        await using var a = await _database.OpenAsync("a");
        await using var b = await _database.OpenAsync("b");
        await using var late = await _database.ConnectAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await using (var takes = new NpgsqlCommand("SELECT size FROM ledger_heads WHERE id = 1 FOR UPDATE", late)) Assert.Equal(0L, await takes.ExecuteScalarAsync());

        using var batch = Some.Batch(Some.EventWithId("behind"));
        var behind = Task.Run(() => a.AppendAsync([batch], default).AsTask());
        await Fakes.Eventually.TrueAsync(() => Waiting().Result > 0);
        await b.CatchUpAsync(default);
        Assert.Equal(0, b.Size);
        await transaction.RollbackAsync();
        await behind;
        await b.CatchUpAsync(default);

        Assert.Equal((1, 0L), (b.Size, batch[0].Sequence));
    }

    /// <summary>Marten and KurrentDB: readers at the high-water mark missed events that became visible below it.</summary>
    [Fact]
    public async Task Readers_racing_the_high_water_mark_see_every_event_once()
    {
        const int Writers = 3;
        const int Groups = 60;
        var nodes = new List<PostgresLedger>();
        for (var i = 0; i < Writers; i++) nodes.Add(await _database.OpenAsync($"n{i}"));
        var total = Writers * Groups * 7L;
        var reading = nodes.Select(node => Task.Run(() => BySequenceAsync(node, total))).Concat(nodes.Select(node => Task.Run(() => ByIndexAsync(node, total)))).ToArray();
        await Task.WhenAll(nodes.Select((node, n) => Task.Run(async () =>
        {
            for (var g = 0; g < Groups; g++)
            {
                using var batch = Some.Batch(Enumerable.Range(0, 7).Select(i => Some.EventWithId($"{n}-{g}-{i}")));
                await node.SendAsync(batch);
            }
        })));

        foreach (var seen in await Task.WhenAll(reading).WaitAsync(TimeSpan.FromSeconds(30))) Assert.Equal(Enumerable.Range(0, (int)total).Select(i => (long)i), seen);
        foreach (var node in nodes)
        {
            Assert.Equal(nodes[0].Tree().Root(), await TreeRoot.OfAsync(node, total, default));
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Clocks_of_nodes_that_differ_by_an_hour_do_not_disturb_persisted_at()
    {
        await using var a = await _database.OpenAsync("a");
        await _database.ExecuteAsync("UPDATE ledger_heads SET persisted_at = (extract(epoch FROM now()) * 1000000000)::bigint + 3600000000000 WHERE id = 1");
        using var batch = Some.Batch(Some.EventWithId("a"));
        await a.AppendAsync([batch], default);
        await _database.ExecuteAsync("UPDATE ledger_heads SET persisted_at = 0 WHERE id = 1");
        var before = await _database.ScalarAsync<long>("SELECT (extract(epoch FROM clock_timestamp()) * 1000000000)::bigint");
        using var next = Some.Batch(Some.EventWithId("b"));
        await a.AppendAsync([next], default);

        using var page = new EventPage();
        await a.ReadAsync(page, 0, 2, 2, 1 << 20, default);
        Assert.True(page[0].PersistedAt > before + 3_000_000_000_000, "It does not go back behind what was committed.");
        Assert.InRange(page[1].PersistedAt, before, before + 60_000_000_000);
    }

    [Fact]
    public async Task Lost_notifications_cost_a_moment_and_nothing_else()
    {
        await using var a = await _database.OpenAsync("a");
        await using var b = await _database.OpenAsync("b");
        var waiting = b.WaitForMoreThanAsync(0, default).AsTask();
        await _database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sluice b' AND datname = current_database()");
        using var batch = Some.Batch(Some.EventWithId("a"));
        await a.AppendAsync([batch], default);

        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>It once went on looking for ever when it was told to stop in the middle of a look.</summary>
    [Fact]
    public async Task A_node_can_be_closed_at_any_moment_of_following()
    {
        for (var round = 0; round < 40; round++)
        {
            var follower = await _database.OpenAsync("b");
            for (var later = round % 20; later > 0; later--) await follower.CatchUpAsync(default);
            await follower.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public async Task Each_ledger_is_its_own()
    {
        await using var main = await _database.OpenAsync("a");
        await using var own = await _database.OpenAsync("own", "_sluice");
        using var first = Some.Batch(Some.EventWithId("a"), Some.EventWithId("b"));
        using var second = Some.Batch(Some.EventWithId("a"));
        await Task.WhenAll(main.AppendAsync([first], default).AsTask(), own.AppendAsync([second], default).AsTask());

        Assert.Equal((2, 1), (main.Size, own.Size));
        Assert.Equal(AppendVerdict.Stored, second[0].Verdict);
        Assert.NotEqual(main.Tree().Root(), own.Tree().Root());
    }

    private async Task<long> Waiting() => await _database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'sluice %' AND wait_event_type = 'Lock' AND datname = current_database()");

    private static async Task<List<long>> BySequenceAsync(PostgresLedger ledger, long total)
    {
        var seen = new List<long>();
        using var page = new EventPage();
        while (seen.Count < total)
        {
            await ledger.WaitForMoreThanAsync(seen.Count, default);
            page.Clear();
            await ledger.ReadAsync(page, seen.Count, long.MaxValue, 100, 1 << 20, default);
            for (var i = 0; i < page.Count; i++) seen.Add(page[i].Sequence);
        }

        return seen;
    }

    private static async Task<List<long>> ByIndexAsync(PostgresLedger ledger, long total)
    {
        var term = new IndexTerm.Key(IndexKind.Actor, KeyHash.Of("usr_1"u8));
        var (seen, position) = (new List<long>(), 0L);
        while (position < total)
        {
            await ledger.WaitForMoreThanAsync(position, default);
            var size = ledger.Size;
            for (SequenceSpan? span = new SequenceSpan(position, size, false); span is { } rest;) span = await ledger.Index.FindAsync(term, rest, seen, 1000, default);
            position = size;
        }

        return seen;
    }
}
