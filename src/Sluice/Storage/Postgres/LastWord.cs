namespace Sluice.Storage.Postgres;

/// <summary>Asks the database how much is committed, and waits until this node knows it. Whoever asks while a question is under way shares the next one.</summary>
internal sealed class LastWord(PostgresReads reads, SegmentTables tables, LedgerMemory memory, TimeProvider time)
{
    /// <summary>How long this node may take to learn it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task _asking = Task.CompletedTask;
    private Task? _next;

    public Task CatchUpAsync()
    {
        lock (_gate)
        {
            if (_next is not null) return _next;
            return _asking.IsCompleted ? _asking = AskAsync() : _next = AskAfterAsync(_asking);
        }
    }

    /// <summary>The one under way may have seen the database before the newest caller's event was there.</summary>
    private async Task AskAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task mine;
        lock (_gate)
        {
            _next = null;
            _asking = mine = AskAsync();
        }

        await mine;
    }

    private async Task AskAsync()
    {
        var row = await reads.AskAsync(connection => LedgerRow.ReadAsync(connection, tables.Ledger));
        if (row.Size <= memory.Size) return;
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await memory.WaitForMoreThanAsync(row.Size - 1, limit.Token);
        }
        catch (OperationCanceledException)
        {
            memory.ThrowIfHalted();
            throw new StorageUnavailableException("This node is still learning what other nodes have committed. Try again.");
        }
    }
}
