using Sluice.Checkpoints;
using Sluice.Storage;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Checkpoints;

public sealed class SqliteCheckpointStoreTests() : CheckpointStoreTests(new SqliteConfiguration());

public sealed class PostgresCheckpointStoreTests() : CheckpointStoreTests(new PostgresConfigurations());

public abstract class CheckpointStoreTests(ConfigurationFixture fixture) : IAsyncLifetime
{
    private const long Minute = 60_000_000_000;

    private CheckpointStore _store = null!;

    public async ValueTask InitializeAsync() => _store = new CheckpointStore(await fixture.OpenAsync());

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task The_newest_of_a_ledger_is_the_largest_and_others_follow()
    {
        foreach (var size in new[] { 3L, 10, 7 }) await _store.AddAsync("main", new SignedCheckpoint(size, $"note {size}"), size);
        await _store.AddAsync("_sluice", new SignedCheckpoint(99, "own"), 1);
        await _store.AddAsync("main", new SignedCheckpoint(7, "signed again"), 8);

        Assert.Equal(new SignedCheckpoint(10, "note 10"), await _store.LatestAsync("main"));
        Assert.Null(await _store.LatestAsync("other"));
        Assert.Equal([(new SignedCheckpoint(7, "signed again"), 8L), (new SignedCheckpoint(3, "note 3"), 3L)], await _store.ListAsync("main", 10, 5));
        Assert.Equal([10L], (await _store.ListAsync("main", long.MaxValue, 1)).Select(one => one.Checkpoint.Size));
    }

    [Fact]
    public async Task All_of_the_last_hour_are_kept_and_of_every_hour_before_the_last()
    {
        for (var minute = 0; minute < 256; minute++) await _store.AddAsync("main", new SignedCheckpoint(minute, "note"), minute * Minute);

        var sizes = (await _store.ListAsync("main", long.MaxValue, 1_000)).Select(one => one.Checkpoint.Size).Order();
        Assert.Equal([59L, 119, 179, .. Enumerable.Range(195, 61)], sizes);
    }
}
