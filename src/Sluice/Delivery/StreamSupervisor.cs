using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Has every destination's stream running from start to stop of the program.</summary>
internal sealed partial class StreamSupervisor(DeliveryEnvironment environment, DefinitionReader reader, ILogger<StreamSupervisor> logger) : IHostedService
{
    /// <summary>How long a deleted destination is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>A destination that was being deleted when the program ended gets at least this long to take the rest.</summary>
    private static readonly TimeSpan FlushAfterRestart = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, StreamHandle> _streams = new();
    private readonly CancellationTokenSource _stopping = new();

    public async Task StartAsync(CancellationToken cancellation)
    {
        await environment.Store.PurgeAsync(Timestamp.Now(environment.Time) - Nanoseconds(Remembered), cancellation);
        foreach (var stored in await environment.Store.AllAsync(cancellation)) await TakeAsync(stored.Destination.Id, cancellation);
        environment.Metrics.ObserveStreams(() => All().Select(stream => stream.Reading()));
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_streams.Values.Select(stream => stream.StopAsync(Grace)));
        foreach (var stream in _streams.Values) await ReleaseAsync(stream);
    }

    /// <summary>Those that are not deleted, in the order in which they were created.</summary>
    public IEnumerable<StreamHandle> All() =>
        _streams.Values.Where(stream => stream.Progress.State.Status != StreamStatus.Deleted).OrderBy(stream => stream.Definition.Id, StringComparer.Ordinal);

    public StreamHandle? Find(string id) => _streams.GetValueOrDefault(id);

    /// <summary>Runs a stream that was taken with this fence.</summary>
    /// <param name="attempts">How many sendings there were before.</param>
    public StreamHandle Add(DestinationDefinition definition, StreamSnapshot snapshot, long fence, long attempts = 0)
    {
        var stream = new StreamHandle(definition, snapshot, fence, attempts, environment);
        _streams[definition.Id] = stream;
        environment.Metrics.Opened(definition.Id);
        stream.Start();
        return stream;
    }

    /// <summary>Counts what fell into a closed gap, aside, because that can mean reading all of it.</summary>
    public void CountLater(StreamHandle stream, StreamFilter filter, Gap gap) => _ = Task.Run(() => CountAsync(stream, filter, gap));

    private async Task TakeAsync(string id, CancellationToken cancellation)
    {
        try
        {
            if (await environment.Store.TakeAsync(id, environment.Node, cancellation) is not { } stored) return;
            var gaps = await environment.Store.GapsAsync(id, cancellation);
            var stream = Add(reader.Load(stored.Destination), new StreamSnapshot(stored.Cursor, AfterRestart(stored.State)), stored.Fence, stored.Attempts);
            foreach (var gap in gaps.Where(IsUncounted)) CountLater(stream, stream.Definition.Filter, gap);
        }
        catch (Exception exception)
        {
            Log.NotOpened(logger, exception, id);
        }
    }

    /// <summary>Nobody has to wait for a stream that its node has left.</summary>
    private async Task ReleaseAsync(StreamHandle stream)
    {
        try
        {
            await environment.Store.ReleaseAsync(stream.Definition.Id, stream.Fence);
        }
        catch (StorageUnavailableException problem)
        {
            Log.NotReleased(logger, stream.Definition.Id, problem.Message);
        }
    }

    private StreamState AfterRestart(StreamState state)
    {
        if (state is not { Status: StreamStatus.Deleting, Deletion: { } deletion }) return state;
        var soonest = Timestamp.Now(environment.Time) + Nanoseconds(FlushAfterRestart);
        return state with { Deletion = deletion with { Deadline = Math.Max(deletion.Deadline, soonest) } };
    }

    private async Task CountAsync(StreamHandle stream, StreamFilter filter, Gap gap)
    {
        try
        {
            var counted = await GapCounter.CountAsync(stream.Ledger, filter, gap.First, gap.Last!.Value, _stopping.Token);
            await environment.Store.SaveCountAsync(gap.Id, counted.Count, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // It is counted after the next start.
        }
        catch (Exception exception)
        {
            Log.NotCounted(logger, exception, gap.Id);
        }
    }

    private static bool IsUncounted(Gap gap) => gap is { ClosedAt: not null, Count: null } && gap.Reason != Gap.Retention;

    private static long Nanoseconds(TimeSpan span) => span.Ticks * 100;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Destination {Destination} cannot be opened and does not stream")]
        public static partial void NotOpened(ILogger logger, Exception exception, string destination);

        [LoggerMessage(Level = LogLevel.Information, Message = "Destination {Destination} could not be given back; others take it all the same: {Problem}")]
        public static partial void NotReleased(ILogger logger, string destination, string problem);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The events of gap {Gap} could not be counted; they are after the next start")]
        public static partial void NotCounted(ILogger logger, Exception exception, string gap);
    }
}
