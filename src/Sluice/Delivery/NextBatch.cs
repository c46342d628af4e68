using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>
/// The batch that is put together to be sent next. What waits is taken at once; ahead of its turn it is read only when a whole request waits, so that reading
/// ahead cannot make requests smaller than they would be. Kinds that want full batches have it wait for more events, for a while.
/// </summary>
internal sealed class NextBatch(ILedgerReader ledger, BatchReader reader, EventBuffers buffers, Turns turns, TimeSpan fill, TimeProvider time) : IDisposable
{
    private SharedEvents? _events;
    private Task? _reading;
    private Task? _growing;
    private Task? _turn;
    private Task? _age;
    private bool _isReady;

    /// <summary>Where it begins: everything before was taken up or passed.</summary>
    public long Position { get; private set; }

    /// <summary>Nothing was read, and nothing is being read.</summary>
    public bool IsIdle => _events is null;

    /// <summary>It can be taken, although it may be empty.</summary>
    public bool IsReady => _isReady;

    public bool HasFailed => _reading is { IsFaulted: true } || _growing is { IsFaulted: true };

    public long? OldestAt => _reading is null && _events?.Events is { Count: > 0 } events ? events[0].Stored.PersistedAt : null;

    /// <summary>When one of these is over, there is a next step.</summary>
    public IEnumerable<Task> Doings => _isReady ? [] : new[] { _reading, _growing, _turn, _age }.OfType<Task>();

    /// <summary>Goes on as far as it can without waiting.</summary>
    /// <param name="isWanted">It would be sent at once.</param>
    public void Tend(bool isWanted, long end, CancellationToken stop)
    {
        while (TryStep(isWanted, end, stop)) { }
    }

    /// <summary>Takes it; what follows is another batch.</summary>
    public SharedEvents Take()
    {
        var taken = _events!;
        Position = taken.Events.Through + 1;
        (_events, _age, _isReady) = (null, null, false);
        return taken;
    }

    /// <summary>Drops what was read, and begins here.</summary>
    public async ValueTask RewindAsync(long position)
    {
        await ForgetAsync();
        Position = position;
    }

    /// <summary>Drops what was read; the buffer is free only when nobody reads into it any more.</summary>
    public async ValueTask ForgetAsync()
    {
        if (_reading is { } reading) await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _events?.Release();
        (_events, _reading, _growing, _turn, _age, _isReady) = (null, null, null, null, null, false);
    }

    /// <summary>Throws what went wrong.</summary>
    public async ValueTask FailAsync()
    {
        if (_reading is { } reading) await reading;
        if (_growing is { } growing) await growing;
    }

    public void Dispose() => reader.Dispose();

    /// <returns>Whether there may be another step at once.</returns>
    private bool TryStep(bool isWanted, long end, CancellationToken stop)
    {
        if (_growing is { IsCompletedSuccessfully: true }) _growing = null;
        if (_reading is { IsCompletedSuccessfully: true }) HasRead(end, stop);
        if (_isReady || _reading is not null || HasFailed) return false;
        var from = _events?.Events.Through + 1 ?? Position;
        if (_age is { IsCompleted: true }) _isReady = true;
        else if (Math.Min(ledger.Size, end) <= from) Await(from, isWanted, stop);
        else if ((_events is not null || isWanted || fill > TimeSpan.Zero || reader.HasFullBatchFrom(from, end)) && IsItsTurn(from, end, stop)) return TryRead(end, isWanted, stop);
        return false;
    }

    /// <summary>It queues once; when the turn has come, everything is read that is there by then.</summary>
    private bool IsItsTurn(long from, long end, CancellationToken stop) => reader.HasMuchFrom(from, end) || (_turn ??= turns.TakeAsync(stop)).IsCompleted;

    private void Await(long from, bool isWanted, CancellationToken stop)
    {
        if (isWanted || _events is not null || fill > TimeSpan.Zero) _growing ??= ledger.WaitForMoreThanAsync(from, stop).AsTask();
    }

    private bool TryRead(long end, bool isWanted, CancellationToken stop)
    {
        (_growing, _turn) = (null, null);
        if (_events is null)
        {
            if ((_events = buffers.TryRent()) is null) return false;
            _events.Events.Through = Position - 1;
        }

        var batch = _events.Events;
        _reading = isWanted ? reader.ReadMoreAsync(batch, end, stop).AsTask() : Task.Run(() => reader.ReadMoreAsync(batch, end, stop).AsTask(), stop);
        return _reading.IsCompleted;
    }

    private void HasRead(long end, CancellationToken stop)
    {
        _reading = null;
        var batch = _events!.Events;
        _isReady = batch.Count == 0 || batch.IsFull || fill == TimeSpan.Zero || end != long.MaxValue;
        if (!_isReady) _age ??= Task.Delay(Left(batch[0].Stored.PersistedAt), time, stop);
    }

    /// <summary>By the stored time, so that a batch does not wait anew after a restart; never longer than it may, whatever the store's clock says.</summary>
    private TimeSpan Left(long persistedAt)
    {
        var left = fill - TimeSpan.FromTicks((Sluice.Events.Timestamp.Now(time) - persistedAt) / 100);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > fill ? fill : left;
    }
}
