using Sluice.Storage;
using Sluice.Storage.Postgres;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>With small segments, so that they need not be filled for long.</summary>
public sealed class PostgresRetentionTests : RetentionContract, IAsyncLifetime
{
    private LedgerDatabase _database = null!;

    protected override long Segment => 65_536;

    public async ValueTask InitializeAsync() => _database = await LedgerDatabase.NewAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override async Task<ILedgerStore> OpenFilledAsync()
    {
        var ledger = await OpenAsync("a");
        await FillAsync(ledger, Segment, new ManualTime());
        return ledger;
    }

    [Fact]
    public async Task Other_nodes_learn_what_was_dropped_and_whoever_comes_removes_what_a_killed_one_left()
    {
        await using (var ledger = await OpenFilledAsync())
        {
            await using var other = await OpenAsync("b");
            await using (var reader = await _database.ConnectAsync())
            {
                // As if killed between moving the beginning and removing the tables: somebody reads the old segment.
                await using var transaction = await reader.BeginTransactionAsync();
                await using var reading = new Npgsql.NpgsqlCommand("SELECT count(*) FROM events_1_0", reader);
                await reading.ExecuteScalarAsync();
                Assert.NotNull(await ledger.DropOldestAsync(long.MaxValue, [], default));
                await Fakes.Eventually.TrueAsync(() => other.First == Segment);
                Assert.Equal(2, await TablesAsync());
            }

            using var page = new EventPage();
            await other.ReadAsync(page, 0, 10, 10, 1 << 20, default);
            Assert.Equal(0, page.Count);
        }

        await using var next = await OpenAsync("c");
        Assert.Equal(Segment, next.First);
        for (var tables = 2L; tables > 0; tables = await TablesAsync()) await Task.Delay(10);
    }

    private Task<long> TablesAsync() => _database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname IN ('events_1_0', 'groups_1_0')");

    private Task<PostgresLedger> OpenAsync(string node) => _database.OpenAsync(node, capacity: Segment);
}
