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

    /// <summary>Returns when the stream has given up or, being deleted, has flushed everything.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var end = progress.State.Deletion?.End ?? long.MaxValue;
        try
        {
            while (progress.Cursor + 1 < end)
            {
                await ReadAsync(end, stop);
                if (_current.Count > 0 && await DeliverAsync(end, stop, abort) == BatchOutcome.GivenUp) return;
                if (_current.Count == 0) progress.PassTo(_current.Through);
            }
        }
        finally
        {
            await ForgetReadingAsync();
            progress.Keep();
        }
    }

    public void Dispose()
    {
        _current.Dispose();
        _ahead.Dispose();
        reader.Dispose();
    }

    private async ValueTask ReadAsync(long end, CancellationToken stop)
    {
        var from = progress.Cursor + 1;
        if (_reading is { } reading)
        {
            _reading = null;
            await reading;
            (_current, _ahead) = (_ahead, _current);
            return;
        }

        await ledger.WaitForMoreThanAsync(from, stop);
        if (ledger.First > from)
        {
            await progress.LoseAsync(ledger.First, stop);
            from = ledger.First;
        }

        await reader.ReadAsync(_current, from, end, stop);
    }

    private async ValueTask<BatchOutcome> DeliverAsync(long end, CancellationToken stop, CancellationToken abort)
    {
        var through = _current.Through;
        progress.PassTo(_current[0].Sequence - 1);
        if (reader.HasFullBatchFrom(through + 1, end)) _reading = Task.Run(() => reader.ReadAsync(_ahead, through + 1, end, stop).AsTask(), stop);
        var outcome = await delivery.RunAsync(new EventBatch(destination, _current, 0, _current.Count), through, stop, abort);
        if (outcome == BatchOutcome.ReadAgain) await ForgetReadingAsync();
        return outcome;
    }

    /// <summary>The buffers are free only when nobody reads into them any more.</summary>
    private async ValueTask ForgetReadingAsync()
    {
        if (_reading is not { } reading) return;
        _reading = null;
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
