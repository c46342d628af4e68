using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Checkpoints;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Tests.Fakes;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Checkpoints;

/// <summary>Two nodes sign the checkpoints of one ledger.</summary>
public sealed class CheckpointsOfNodesTests : IAsyncLifetime
{
    private readonly SqliteConfiguration _fixture = new();
    private readonly InMemoryLedger _ledger = new();
    private readonly LedgerIdentity _identity = new("main", "test.example/1", Ed25519Key.FromSeed(new byte[32]));
    private readonly CancellationTokenSource _stopping = new();
    private CheckpointStore _store = null!;

    public async ValueTask InitializeAsync() => _store = new CheckpointStore(await _fixture.OpenAsync());

    public async ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        _identity.Dispose();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Both_serve_what_they_are_asked_for_and_no_size_has_two_notes()
    {
        var (a, b) = (Node(_ledger), Node(_ledger));
        await a.OpenAsync(default);
        await b.OpenAsync(default);
        var running = Task.WhenAll(a.RunAsync(_stopping.Token), b.RunAsync(_stopping.Token));

        for (var i = 0; i < 8; i++)
        {
            _ledger.Add(ScriptedLedger.Body(i));
            var size = _ledger.Size;
            var shown = await Task.WhenAll(a.LatestAsync(size, default).AsTask(), b.LatestAsync(size, default).AsTask()).WaitAsync(TimeSpan.FromSeconds(5));
            Assert.All(shown, checkpoint => Assert.Equal(Root(size), Checkpoint.Open(checkpoint.Note, _identity.Key, out _)!.Root));
        }

        await _stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var stored = await _store.ListAsync("main", long.MaxValue, 100);
        Assert.Equal(8, stored[0].Checkpoint.Size);
        Assert.All(stored, one => Assert.Equal(Root(one.Checkpoint.Size), Checkpoint.Open(one.Checkpoint.Note, _identity.Key, out _)!.Root));
        await Node(_ledger).OpenAsync(default);
    }

    [Fact]
    public async Task A_node_that_has_not_read_yet_what_another_signed_does_not_show_it()
    {
        var behind = new InMemoryLedger();
        var (ahead, late) = (Node(_ledger), Node(behind));
        await late.OpenAsync(default);
        foreach (var ledger in new[] { _ledger, behind }) ledger.Add(ScriptedLedger.Body(0));
        _ledger.Add(ScriptedLedger.Body(1));
        await ahead.OpenAsync(default);
        var running = late.RunAsync(_stopping.Token);

        Assert.Equal(1, (await late.LatestAsync(1, default).AsTask().WaitAsync(TimeSpan.FromSeconds(5))).Size);
        behind.Add(ScriptedLedger.Body(1));
        Assert.Equal(2, (await late.LatestAsync(2, default).AsTask().WaitAsync(TimeSpan.FromSeconds(5))).Size);

        await _stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_node_with_another_history_signs_nothing()
    {
        _ledger.Add(ScriptedLedger.Body(0));
        var other = new InMemoryLedger();
        var (a, b) = (Node(_ledger), Node(other));
        await b.OpenAsync(default);
        await a.OpenAsync(default);
        other.Add(ScriptedLedger.Body(7));

        await Assert.ThrowsAsync<StorageCorruptException>(() => b.FinishAsync(default));

        Assert.Equal(Root(1), Checkpoint.Open((await _store.LatestAsync("main"))!.Note, _identity.Key, out _)!.Root);
    }

    private LedgerCheckpoints Node(InMemoryLedger ledger) => new(ledger, _identity, _store, TimeProvider.System, NullLogger.Instance);

    private Digest Root(long size)
    {
        var tree = new TreeState();
        for (var i = 0; i < size; i++) tree.Append(MerkleHash.Leaf(_ledger[i].Digest));
        return tree.Root();
    }
}
