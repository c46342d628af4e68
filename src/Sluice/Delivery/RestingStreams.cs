using Sluice.Events;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>Streams that run nowhere, because they have failed or are disabled: how they stand, as of the last look.</summary>
internal sealed class RestingStreams(DeliveryEnvironment environment)
{
    private volatile IReadOnlyList<Resting> _streams = [];

    public async ValueTask ObserveAsync(IEnumerable<StreamPlace> places, CancellationToken cancellation)
    {
        var known = _streams.ToDictionary(stream => (stream.Place.Id, stream.Place.Cursor), stream => stream.OldestPendingAt);
        var streams = new List<Resting>();
        foreach (var place in places)
        {
            var oldest = known.GetValueOrDefault((place.Id, place.Cursor)) ?? await OldestAsync(place, cancellation);
            streams.Add(new Resting(place, oldest));
        }

        _streams = streams;
    }

    public IEnumerable<StreamReading> Readings() => _streams.Select(stream => Reading(stream.Place, stream.OldestPendingAt));

    private async ValueTask<long?> OldestAsync(StreamPlace place, CancellationToken cancellation)
    {
        if (Pending(place) == 0) return null;
        var ledger = environment.LedgerOf(place.TenantId);
        return await StartPosition.PersistedAtAsync(ledger, Math.Max(place.Cursor + 1, ledger.First), cancellation);
    }

    private StreamReading Reading(StreamPlace place, long? oldest)
    {
        var age = oldest is { } at ? Math.Max(0, Timestamp.Now(environment.Time) - at) / 1e9 : 0;
        return new StreamReading(place.Id, place.Name, place.Provider, place.State.Status, Pending(place), age, oldest);
    }

    private long Pending(StreamPlace place) =>
        place.State.Status == StreamStatus.Failed ? Math.Max(0, environment.LedgerOf(place.TenantId).Size - 1 - place.Cursor) : 0;

    private sealed record Resting(StreamPlace Place, long? OldestPendingAt);
}
