using Sluice.Ledger;
using Sluice.Storage.Index;

namespace Sluice.Storage.Postgres;

/// <summary>
/// What this node knows of a ledger: never more than the database had committed. Whoever changes it, the appender or a follower, holds
/// <see cref="Changing"/>; readers look at any time.
/// </summary>
internal sealed class LedgerMemory : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _grown = NewSignal();
    private TreeState _tree;
    private long _size;
    private long _first;
    private LedgerHaltedException? _halted;

    public LedgerMemory(LedgerRow row, LedgerIndex index)
    {
        (Identity, Index, _tree, _size, _first) = (row.Identity, index, TreeState.FromBytes(row.Tree), row.Size, row.First);
    }

    public Guid Identity { get; }

    public LedgerIndex Index { get; }

    public SemaphoreSlim Changing { get; } = new(1, 1);

    public long Size => Volatile.Read(ref _size);

    public long First => Volatile.Read(ref _first);

    /// <summary>The tree over <see cref="Size"/> events; whoever changes it takes a copy.</summary>
    public TreeState Tree
    {
        get
        {
            lock (_gate) return _tree;
        }
    }

    /// <summary>Shows readers what was committed. Its keys are in the index by now.</summary>
    public void Publish(TreeState tree)
    {
        Index.Publish(tree.Size);
        lock (_gate) _tree = tree;
        Volatile.Write(ref _size, tree.Size);
        Interlocked.Exchange(ref _grown, NewSignal()).TrySetResult();
    }

    /// <summary>Retention dropped what came before.</summary>
    public void BeginAt(long first)
    {
        lock (_gate)
        {
            if (first <= _first) return;
            Volatile.Write(ref _first, first);
        }

        Index.DropBefore(first);
    }

    public async ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation)
    {
        while (true)
        {
            var grown = Volatile.Read(ref _grown);
            if (Size > size) return;
            await grown.Task.WaitAsync(cancellation);
        }
    }

    /// <returns>False when it was halted before.</returns>
    public bool Halt(LedgerHaltedException why) => Interlocked.CompareExchange(ref _halted, why, null) is null;

    /// <exception cref="LedgerHaltedException">The database no longer holds what this node saw there.</exception>
    public void ThrowIfHalted()
    {
        if (Volatile.Read(ref _halted) is { } why) throw new LedgerHaltedException(why.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        Changing.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
