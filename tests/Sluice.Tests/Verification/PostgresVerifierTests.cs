using Sluice.Storage;
using Sluice.Tests.Fakes;
using Sluice.Tests.Migration;
using Sluice.Tests.Storage.Postgres;
using Sluice.Verification;

namespace Sluice.Tests.Verification;

public sealed class PostgresVerifierTests
{
    [Theory]
    [InlineData("UPDATE events SET body = replace(body, 'Ada', 'Eve') WHERE ledger = 1 AND sequence = 600", 600, 600)]
    [InlineData("UPDATE events SET digest = '\\x00' WHERE ledger = 1 AND sequence = 600", 600, 600)]
    [InlineData("UPDATE events SET persisted_at = 1 WHERE ledger = 1 AND sequence = 600", 600, 600)]
    [InlineData("DELETE FROM events WHERE ledger = 1 AND sequence = 600", 600, 600)]
    [InlineData("DELETE FROM events WHERE ledger = 1 AND sequence = 999", 999, 999)]
    [InlineData("DELETE FROM events WHERE ledger = 1", 0, 0)]
    [InlineData("UPDATE events SET persisted_at = persisted_at + 1 WHERE ledger = 1 AND sequence = 999", 999, 999)]
    [InlineData("INSERT INTO events SELECT ledger, 1000, persisted_at, digest, body FROM events WHERE ledger = 1 AND sequence = 7", 1000, 1000)]
    [InlineData("UPDATE nodes SET hash = decode(repeat('00', 32), 'hex') WHERE ledger = 1 AND number = 1", 256, 511)]
    [InlineData("DELETE FROM nodes WHERE ledger = 1 AND number = 2", 512, 767)]
    [InlineData("INSERT INTO nodes SELECT ledger, 40, -1, hash FROM nodes WHERE ledger = 1 AND number = 2", null, null)]
    [InlineData("UPDATE ledger_heads SET tree = (SELECT tree FROM ledger_heads WHERE id = 2) WHERE id = 1", 0, 999)]
    [InlineData("UPDATE ledger_heads SET size = 900 WHERE id = 1", 0, 899)]
    [InlineData("UPDATE ledger_heads SET first_sequence = 512 WHERE id = 1", null, null)]
    [InlineData("UPDATE checkpoints SET note = replace(note, 'test.example/main', 'test.example/mein') WHERE ledger = 'main' AND size = 300", null, null)]
    [InlineData("UPDATE checkpoints SET ledger = 'other' WHERE ledger = 'main' AND size = 300", null, null)]
    [InlineData("UPDATE ledgers SET public_key = (SELECT public_key FROM ledgers WHERE name = '_sluice')", null, null)]
    public async Task Whatever_was_changed_is_found(string change, int? first, int? last)
    {
        await using var its = await MovedInstance.PrepareAsync(300, 700);
        await its.MoveAsync();
        Assert.Null((await its.VerdictAsync()).Fault);

        await its.ExecuteAsync(change);

        var fault = (await its.VerdictAsync()).Fault;
        Assert.NotNull(fault);
        Assert.True((first, last) == (fault.First, fault.Last), fault.ToString());
    }

    [Fact]
    public async Task A_ledger_that_lost_what_was_signed_is_found()
    {
        await using var its = await MovedInstance.PrepareAsync(256, 700);
        await its.MoveAsync();
        await its.ExecuteAsync("DELETE FROM events WHERE ledger = 1 AND sequence >= 256; DELETE FROM nodes WHERE ledger = 1 AND number > 0");
        await its.ExecuteAsync("UPDATE ledger_heads SET size = 256, tree = '\\x0000000000000100' || (SELECT hash FROM nodes WHERE ledger = 1), persisted_at = (SELECT max(persisted_at) FROM events WHERE ledger = 1) WHERE id = 1");

        var fault = (await its.VerdictAsync()).Fault!;

        Assert.Equal((256, "It is missing, as is every later one; a checkpoint of 956 events was signed."), (fault.First, fault.Problem));
    }

    [Fact]
    public async Task Nodes_may_commit_meanwhile_and_large_events_fit()
    {
        await using var its = await MovedInstance.PrepareAsync(5_000);
        await its.MoveAsync();
        await using var main = await its.OpenAsync();
        using (var large = Some.Batch(Enumerable.Range(0, 80).Select(i => Some.EventWith($$$"""
            "id":"large{{{i}}}","metadata":{"text":"{{{new string('x', 200_000)}}}"}
            """.Trim())))) await main.SendAsync(large);
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var from = 10_000; !done.IsCancellationRequested; from += 50) await LedgerFolder.AppendAsync(main, from, 50);
        });

        for (var times = 0; times < 5; times++) Assert.Null((await its.VerdictAsync()).Fault);
        await done.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_database_without_an_instance_or_with_a_newer_one_cannot_be_checked()
    {
        await using var database = await LedgerDatabase.NewAsync();
        await using var source = Sluice.Storage.Postgres.PostgresSource.Open(database.Connection, "test");
        Assert.Contains("There is no Sluice", (await Assert.ThrowsAsync<StorageUnavailableException>(() => PostgresVerifier.VerifyAsync(source, null, default))).Message);

        await using var its = await MovedInstance.PrepareAsync(1);
        await its.MoveAsync();
        await its.ExecuteAsync("INSERT INTO schema_migrations (part, number) VALUES ('ledger', 999)");
        Assert.Contains("newer version", (await Assert.ThrowsAsync<StorageUnavailableException>(its.VerdictAsync)).Message);
    }
}
