using Sluice.Storage;

namespace Sluice.Delivery.Replays;

/// <summary>The loop of one replay: read a batch, wait for its pace, deliver it. One batch is in memory, and on its way, at a time.</summary>
internal sealed class ReplayRunner(
    ILedgerReader ledger, IReplayReader reader, ReplayProgress progress, ReplayPace pace, ReplayDelivery delivery) : IDisposable
{
    private readonly SpelledEvents _batch = new();

    /// <summary>What to read next: behind the cursor only while there are suspects.</summary>
    private long _position;

    private long End => progress.Order.Last + 1;

    /// <summary>Returns when the replay has completed or has given up; both are stored then.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        _position = progress.Cursor + 1;
        while (_position < End)
        {
            var outcome = await StepAsync(stop, abort);
            if (outcome == ReplayOutcome.GivenUp) return;
            if (outcome == ReplayOutcome.ReadAgain) _position = progress.Cursor + 1;
        }

        await progress.CompleteAsync();
    }

    public void Dispose()
    {
        _batch.Dispose();
        reader.Dispose();
    }

    private async ValueTask<ReplayOutcome> StepAsync(CancellationToken stop, CancellationToken abort)
    {
        // Another node may have taken the order, which knew more of the ledger.
        await ledger.WaitForMoreThanAsync(_position, stop);
        if (ledger.First > _position)
        {
            _position = Math.Min(ledger.First, End);
            await delivery.LoseAsync(ledger.First);
            return ReplayOutcome.Settled;
        }

        await reader.ReadAsync(_batch, _position, End, stop);
        var outcome = _batch.Count > 0 ? await DeliverAsync(stop, abort) : ReplayOutcome.Settled;
        return outcome == ReplayOutcome.Settled ? await PassAsync(stop) : outcome;
    }

    private async ValueTask<ReplayOutcome> DeliverAsync(CancellationToken stop, CancellationToken abort)
    {
        await pace.WaitAsync(_batch.Count, stop);
        return await delivery.RunAsync(_batch, stop, abort);
    }

    private async ValueTask<ReplayOutcome> PassAsync(CancellationToken stop)
    {
        _position = _batch.Through + 1;
        if (!delivery.HasSuspects) await progress.PassToAsync(_batch.Through);
        else if (_position >= End) return await delivery.DistrustAsync(stop);
        return ReplayOutcome.Settled;
    }
}
