using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>What becomes of a ledger when its database is in trouble: each test has a server of its own to break.</summary>
public sealed class LedgerTroubleTests
{
    private static readonly TimeSpan ASecond = TimeSpan.FromMilliseconds(1_300);

    [Fact]
    public async Task A_server_killed_in_the_middle_of_appends_loses_nothing_that_was_acknowledged_and_all_recovers_by_itself()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await LedgerDatabase.NewAsync(server);
        await using var ledger = await database.OpenAsync();
        await using var other = await database.OpenAsync("b");
        var acknowledged = new Dictionary<string, long>();
        var failures = 0;
        using var enough = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                using var batch = Some.Batch(Enumerable.Range(0, 20).Select(n => Some.EventWithId($"{i}-{n}")));
                try
                {
                    await ledger.AppendAsync([batch], default);
                    for (var n = 0; n < 20; n++) acknowledged.Add($"{i}-{n}", batch[n].Sequence);
                }
                catch (StorageUnavailableException)
                {
                    failures++;
                }
            }
        });
        for (var round = 0; round < 2; round++)
        {
            var size = ledger.Size;
            await Eventually.TrueAsync(() => ledger.Size > size + 200);
            server.Kill();
            await Eventually.TrueAsync(() => failures > round);
            await server.StartAgainAsync();
        }

        var before = ledger.Size;
        await Eventually.TrueAsync(() => ledger.Size > before);
        await enough.CancelAsync();
        await appending;
        await Eventually.TrueAsync(() => other.Size == ledger.Size);

        using var page = new EventPage();
        while (page.Count < ledger.Size) await ledger.ReadAsync(page, page.Count, long.MaxValue, int.MaxValue, int.MaxValue, default);
        foreach (var (id, sequence) in acknowledged) Assert.Equal(id, System.Text.Encoding.UTF8.GetString(BodyMembers.Id(page[(int)sequence].Body.Span)));
        Assert.Equal(page.Count, Enumerable.Range(0, page.Count).Select(i => System.Text.Encoding.UTF8.GetString(BodyMembers.Id(page[i].Body.Span))).Distinct().Count());
        Assert.Equal(ledger.Tree().Root(), await TreeRoot.OfAsync(other, ledger.Size, default));
    }

    [Fact]
    public async Task A_server_that_hangs_is_reported_within_a_second_and_used_again_when_it_goes_on()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await LedgerDatabase.NewAsync(server);
        await using var ledger = await database.OpenAsync();
        using var first = Some.Batch(Some.EventWithId("a"));
        await ledger.AppendAsync([first], default);

        await server.SignalAllAsync("STOP");
        try
        {
            for (var i = 0; i < 2; i++)
            {
                using var batch = Some.Batch(Some.EventWithId("b"));
                var watch = Stopwatch.StartNew();
                await Assert.ThrowsAnyAsync<StorageUnavailableException>(async () => await ledger.AppendAsync([batch], default));
                Assert.True(watch.Elapsed < ASecond, $"It took {watch.Elapsed}.");
            }

            using var page = new EventPage();
            await Assert.ThrowsAnyAsync<StorageUnavailableException>(async () => await ledger.ReadAsync(page, 0, 1, 1, 1, default));
        }
        finally
        {
            await server.SignalAllAsync("CONT");
        }

        await AppendUntilTakenAsync(ledger, "c");
        using var read = new EventPage();
        await ledger.ReadAsync(read, 0, 100, 100, 1 << 20, default);
        Assert.Equal(ledger.Size, read.Count);
    }

    [Fact]
    public async Task A_node_that_hangs_inside_COPY_with_the_lock_is_put_aside()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await LedgerDatabase.NewAsync(server);
        await using var ledger = await database.OpenAsync();
        using var first = Some.Batch(Some.EventWithId("a"));
        await ledger.AppendAsync([first], default);
        await using var stopped = await database.ConnectAsync("Application Name=sluice z");
        await using (var takes = new NpgsqlCommand("BEGIN; SELECT 1 FROM ledger_heads WHERE id = 1 FOR UPDATE", stopped)) await takes.ExecuteNonQueryAsync();
        var copy = await stopped.BeginRawBinaryCopyAsync("COPY events_1_0 FROM STDIN (FORMAT BINARY)");

        using var batch = Some.Batch(Some.EventWithId("b"));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<StorageUnavailableException>(async () => await ledger.AppendAsync([batch], default));
        Assert.True(watch.Elapsed < ASecond, $"It took {watch.Elapsed}.");
        await AppendUntilTakenAsync(ledger, "c");

        Assert.Equal(2, ledger.Size);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(8));
        await Assert.ThrowsAnyAsync<Exception>(async () => await copy.DisposeAsync());
    }

    [Fact]
    public async Task A_full_disk_is_said_and_ingest_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount(24, out var problem);
        Assert.SkipWhen(disk is null, $"A small disk cannot be mounted here: {problem}");
        await using var server = await PostgresServer.StartAsync();
        await using var database = await LedgerDatabase.NewAsync(server);
        PostgresServer.GiveFolder(disk!.Path);
        await database.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk!.Path}'");
        await using var ledger = await database.OpenAsync(connection: database.Connection + ";Options=-c default_tablespace=small");

        var full = await Assert.ThrowsAsync<StorageFullException>(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var batch = Some.Batch(Enumerable.Range(0, 500).Select(n => Some.EventWithId($"{i}-{n}")));
                await ledger.AppendAsync([batch], default);
            }
        });
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        var size = ledger.Size;
        disk.Resize(100);
        await AppendUntilTakenAsync(ledger, "after");

        Assert.Equal(size + 1, ledger.Size);
        Assert.Equal(ledger.Tree().Root(), await TreeRoot.OfAsync(ledger, ledger.Size, default));
    }

    [Fact]
    public async Task Deadlocks_and_serialization_failures_are_tried_again()
    {
        await using var database = await LedgerDatabase.NewAsync();
        await using var ledger = await database.OpenAsync(connection: database.Connection + ";Options=-c default_transaction_isolation=serializable");
        await using var other = await database.OpenAsync("b", connection: database.Connection + ";Options=-c default_transaction_isolation=serializable");
        await Task.WhenAll(new[] { ledger, other }.Select((node, n) => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var batch = Some.Batch(Some.EventWithId($"{n}-{i}"));
                await node.AppendAsync([batch], default);
            }
        })));

        await ledger.CatchUpAsync(default);
        Assert.Equal(100, ledger.Size);
    }

    [Theory]
    [InlineData("UPDATE ledger_heads SET size = size - 1 WHERE id = 1", "holds 2 events")]
    [InlineData("UPDATE ledger_heads SET tree = overlay(tree PLACING '\\x00' FROM 20) WHERE id = 1", "another history")]
    [InlineData("UPDATE ledger_heads SET identity = gen_random_uuid() WHERE id = 1", "another ledger")]
    public async Task A_database_that_went_backwards_is_refused(string change, string said)
    {
        await using var database = await LedgerDatabase.NewAsync();
        using var logs = new CapturedLogs();
        await using var ledger = await database.OpenAsync(logger: logs.CreateLogger(""));
        using var batch = Some.Batch(Some.EventWithId("a"), Some.EventWithId("b"), Some.EventWithId("c"));
        await ledger.AppendAsync([batch], default);
        await database.ExecuteAsync(change);

        using var next = Some.Batch(Some.EventWithId("d"));
        var problem = await Assert.ThrowsAnyAsync<StorageUnavailableException>(async () => await ledger.AppendAsync([next], default));

        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Contains("restart", problem.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<StorageUnavailableException>(() => ledger.Tree());
        using var page = new EventPage();
        await Assert.ThrowsAnyAsync<StorageUnavailableException>(async () => await ledger.ReadAsync(page, 0, 1, 1, 1, default));
        Assert.Single(logs.Lines, line => line.StartsWith(nameof(LogLevel.Critical), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_lost_events_and_took_others_in_their_place_is_refused()
    {
        await using var database = await LedgerDatabase.NewAsync();
        await using var ledger = await database.OpenAsync();
        await using (var others = await database.OpenAsync("b", "_sluice"))
        {
            for (var i = 0; i < 3; i++)
            {
                using var batch = Some.Batch(Some.EventWithId($"e{i}"));
                if (i < 2) await ledger.AppendAsync([batch], default);
                await others.AppendAsync([batch], default);
            }
        }

        await database.ExecuteAsync("""
            DELETE FROM events_1_0 WHERE sequence = 1;
            DELETE FROM groups_1_0 WHERE first_sequence = 1;
            INSERT INTO events_1_0 SELECT 1, sequence, persisted_at, digest, body FROM events_2_0 WHERE sequence > 0;
            INSERT INTO groups_1_0 SELECT 1, first_sequence, count, sha256(root), keys FROM groups_2_0 WHERE first_sequence > 0;
            UPDATE ledger_heads SET size = its.size, tree = its.tree FROM ledger_heads its WHERE ledger_heads.id = 1 AND its.id = 2;
            """);

        await Eventually.TrueAsync(() => IsHalted(ledger));
        Assert.Equal(2, ledger.Size);
    }

    private static bool IsHalted(PostgresLedger ledger)
    {
        try
        {
            ledger.Tree();
            return false;
        }
        catch (StorageUnavailableException)
        {
            return true;
        }
    }

    private static async Task AppendUntilTakenAsync(PostgresLedger ledger, string id)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            using var batch = Some.Batch(Some.EventWithId(id));
            try
            {
                await ledger.AppendAsync([batch], default);
                return;
            }
            catch (StorageUnavailableException) when (watch.Elapsed < TimeSpan.FromSeconds(20))
            {
                // Asked again, as a client would.
            }
        }
    }
}
