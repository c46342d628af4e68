using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>
/// The loop of one stream: wait for events, read a batch, deliver it, and meanwhile read the next one when a whole one waits. One batch is on its way
/// at a time, so order holds; two are in memory at most, so a slow destination costs no more than that.
/// </summary>
internal sealed class StreamRunner(string destination, ILedgerReader ledger, BatchReader reader, StreamProgress progress, BatchDelivery delivery) : IDisposable
{
    private SpelledEvents _current = new();
    private SpelledEvents _ahead = new();
    private Task? _reading;

    /// <summary>What to read next: behind the cursor only while there are suspects.</summary>
    private long _position;

    /// <summary>Returns when the stream has given up or, being deleted, has flushed everything.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var end = progress.State.Deletion?.End ?? long.MaxValue;
        _position = progress.Cursor + 1;
        try
        {
            while (_position < end)
            {
                await ReadAsync(end, stop);
                var outcome = _current.Count > 0 ? await DeliverAsync(end, stop, abort) : BatchOutcome.Settled;
                if (outcome == BatchOutcome.Settled) outcome = await PassAsync(end, stop);
                if (outcome == BatchOutcome.GivenUp) return;
                if (outcome == BatchOutcome.ReadAgain) await RewindAsync();
            }
        }
        finally
        {
            await ForgetReadingAsync();
            await progress.KeepAsync();
        }
    }

    public void Dispose()
    {
        ReleaseBuffers();
        reader.Dispose();
    }

    private async ValueTask ReadAsync(long end, CancellationToken stop)
    {
        if (_reading is { } reading)
        {
            _reading = null;
            await reading;
            (_current, _ahead) = (_ahead, _current);
            return;
        }

        if (ledger.Size <= _position) Rest();
        await ledger.WaitForMoreThanAsync(_position, stop);
        if (ledger.First > _position)
        {
            var first = ledger.First;
            delivery.ForgetSuspects();
            await delivery.LoseAsync(first, stop);
            _position = first;
        }

        await reader.ReadAsync(_current, _position, end, stop);
    }

    private async ValueTask<BatchOutcome> DeliverAsync(long end, CancellationToken stop, CancellationToken abort)
    {
        var through = _current.Through;
        if (!delivery.HasSuspects) progress.OldestPendingAt = _current[0].Stored.PersistedAt;
        if (!delivery.HasSuspects) await progress.PassToAsync(_current[0].Sequence - 1);
        if (reader.HasFullBatchFrom(through + 1, end)) _reading = Task.Run(() => reader.ReadAsync(_ahead, through + 1, end, stop).AsTask(), stop);
        return await delivery.RunAsync(new EventBatch(destination, _current, 0, _current.Count), through, stop, abort);
    }

    private async ValueTask<BatchOutcome> PassAsync(long end, CancellationToken stop)
    {
        _position = _current.Through + 1;
        if (!delivery.HasSuspects) await progress.PassToAsync(_current.Through);
        else if (_position >= Math.Min(ledger.Size, end)) return await delivery.DistrustAsync(stop);
        return BatchOutcome.Settled;
    }

    /// <summary>A stream that waits holds no memory for what it sent; the buffers grow again when they are used.</summary>
    private void Rest()
    {
        progress.OldestPendingAt = null;
        ReleaseBuffers();
    }

    private void ReleaseBuffers()
    {
        _current.Dispose();
        _ahead.Dispose();
    }

    private async ValueTask RewindAsync()
    {
        await ForgetReadingAsync();
        _position = progress.Cursor + 1;
    }

    /// <summary>The buffers are free only when nobody reads into them any more.</summary>
    private async ValueTask ForgetReadingAsync()
    {
        if (_reading is not { } reading) return;
        _reading = null;
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
