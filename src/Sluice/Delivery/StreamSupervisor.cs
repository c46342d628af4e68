using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Events;
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

    public Task StartAsync(CancellationToken cancellation)
    {
        environment.Store.Purge(Timestamp.Now(environment.Time) - Nanoseconds(Remembered));
        foreach (var stored in environment.Store.All()) Open(stored);
        environment.Metrics.ObserveStreams(() => All().Select(stream => stream.Reading()));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_streams.Values.Select(stream => stream.StopAsync(Grace)));
    }

    /// <summary>Those that are not deleted, in the order in which they were created.</summary>
    public IEnumerable<StreamHandle> All() =>
        _streams.Values.Where(stream => stream.Progress.State.Status != StreamStatus.Deleted).OrderBy(stream => stream.Definition.Id, StringComparer.Ordinal);

    public StreamHandle? Find(string id) => _streams.GetValueOrDefault(id);

    public StreamHandle Add(DestinationDefinition definition, StreamSnapshot snapshot)
    {
        var stream = new StreamHandle(definition, snapshot, environment);
        _streams[definition.Id] = stream;
        environment.Metrics.Opened(definition.Id);
        stream.Start();
        return stream;
    }

    /// <summary>Counts what fell into a closed gap, aside, because that can mean reading all of it.</summary>
    public void CountLater(StreamHandle stream, StreamFilter filter, Gap gap) => _ = Task.Run(() => CountAsync(stream, filter, gap));

    private void Open(StoredStream stored)
    {
        try
        {
            var stream = Add(reader.Load(stored.Destination), new StreamSnapshot(stored.Cursor, AfterRestart(stored.State)));
            foreach (var gap in environment.Store.Gaps(stored.Destination.Id).Where(IsUncounted)) CountLater(stream, stream.Definition.Filter, gap);
        }
        catch (Exception exception)
        {
            Log.NotOpened(logger, exception, stored.Destination.Id);
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
            environment.Store.SaveCount(gap.Id, counted.Count);
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

        [LoggerMessage(Level = LogLevel.Warning, Message = "The events of gap {Gap} could not be counted; they are after the next start")]
        public static partial void NotCounted(ILogger logger, Exception exception, string gap);
    }
}
