using Sluice.Delivery;
using Sluice.Delivery.Replays;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Replays;

/// <summary>One destination with a stream, and whatever is sent to it again.</summary>
internal sealed class ReplaySetting : IAsyncDisposable
{
    private ReplaySetting(ReplayedDestination destination, StreamHarness streams, string id) => (Destination, Streams, Id) = (destination, streams, id);

    public ReplayedDestination Destination { get; }

    public StreamHarness Streams { get; }

    public string Id { get; }

    public static async Task<ReplaySetting> StartAsync(int events = 5, string more = "", DeliverySettings? settings = null)
    {
        var destination = new ReplayedDestination();
        var streams = await StreamHarness.StartAsync([destination.Kind(events)], settings);
        destination.Time = streams.Time;
        var id = (await streams.CreateAsync($$"""{"provider":"scripted"{{more}}}""")).Definition.Id;
        return new ReplaySetting(destination, streams, id);
    }

    /// <summary>Appends events and has the stream deliver them.</summary>
    public async Task StreamAsync(int count)
    {
        Streams.Ledger.AppendMany(count);
        await Streams.UntilCursorAsync(Id, Streams.Ledger.Size - 1);
    }

    public async Task<StoredReplay> ReplayAsync(long from, long? to = null, string? filter = null, int? pace = null) =>
        (await Streams.Replays.StartAsync(Id, new ReplayRequest(new ReplayBound(from, null), to is null ? null : new ReplayBound(to, null), filter, pace), StreamHarness.Admin, default))!;

    public async Task<StoredReplay> ReplayLettersAsync(params long[]? sequences) => (await Streams.Replays.ReplayDeadLettersAsync(Id, sequences, StreamHarness.Admin, default))!;

    public async Task<StoredReplay> RefillAsync(string gap) => (await Streams.Replays.RefillAsync(Id, gap, StreamHarness.Admin, default))!;

    /// <summary>The clock moves until the replay has ended.</summary>
    public Task<StoredReplay> EndOfAsync(StoredReplay replay) => Streams.EndOfAsync(replay);

    public Task UntilReplayedAsync(int events) => Streams.UntilAsync(() => Destination.Replayed.Count >= events);

    public static IEnumerable<string> Events(long from, long to) => Enumerable.Range((int)from, (int)(to - from + 1)).Select(sequence => $"evt_{sequence}");

    public ValueTask DisposeAsync() => Streams.DisposeAsync();
}
