using Sluice.Profiles;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery.Replays;

/// <summary>The events of dead letters: those that are there when they are read, so that a forgotten one is not sent.</summary>
internal sealed class DeadLetterReader(ReplayOrder order, ReplayStore store, ILedgerReader ledger, IProfile profile, BatchLimits limits) : IReplayReader
{
    private const int MostAtOnce = 200;

    public async ValueTask ReadAsync(SpelledEvents batch, long from, long end, CancellationToken cancellation)
    {
        batch.Clear();
        var letters = await SelectedAsync(from, end - 1, cancellation);
        var now = letters.Take(Math.Min(limits.Events, MostAtOnce)).ToArray();
        await ledger.ReadManyAsync(batch.Page, now, cancellation);
        while (batch.Count < batch.Page.Count && batch.TrySpellNext(profile, limits)) { }
        // Up to the next letter, so that what retention removes in between is not taken for one.
        var next = batch.Count < batch.Page.Count ? batch.Page[batch.Count].Sequence : letters.Skip(now.Length).FirstOrDefault(end);
        batch.Through = next - 1;
    }

    public void Dispose()
    {
    }

    private async ValueTask<IReadOnlyList<long>> SelectedAsync(long first, long last, CancellationToken cancellation)
    {
        if (order.Sequences is null) return await store.DeadLettersAsync(order.DestinationId, first, last, MostAtOnce + 1, cancellation);
        var there = await store.DeadLettersAsync(order.DestinationId, first, last, int.MaxValue, cancellation);
        return [.. there.Intersect(order.Sequences)];
    }
}
