using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Nodes;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery.Replays;

/// <summary>
/// Has the replays run that nobody runs, from start to stop of the program. Any node may run any replay, wherever the stream of its destination is: it is
/// taken like a stream, by a lock and then a fence. It looks when somebody says so, and every second while there are replays or other nodes.
/// </summary>
internal sealed partial class ReplaySupervisor(
    DeliveryEnvironment environment, ReplayStore store, DefinitionReader reader, ILogger<ReplaySupervisor> logger) : IHostedService, IDisposable
{
    /// <summary>A node runs at most so many, which bounds their memory; further ones wait for it, or for another node.</summary>
    public const int MostOfNode = 16;

    public const string DestinationGone = "Its destination was deleted.";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgainAfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _kicks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, RunningReplay> _mine = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Moments _unopened = new(environment.Time);
    private IDisposable? _listening;
    private bool _isBlind;
    private Task _running = Task.CompletedTask;

    private INode Node => environment.Node;

    /// <summary>Those that run here.</summary>
    public IReadOnlyList<string> Running => [.. _mine.Values.Where(replay => !replay.Running.IsCompleted).Select(replay => replay.Id)];

    public async Task StartAsync(CancellationToken cancellation)
    {
        _listening = Node.Listen(notice => { if (notice.Wanted is null) Kick(); });
        environment.Metrics.ObserveReplays(() => _mine.Values.Where(replay => !replay.Running.IsCompleted).Select(replay => replay.DestinationId));
        var wait = await LookAsync(cancellation);
        _running = Task.Run(() => RunAsync(wait), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        _listening?.Dispose();
        await _stopping.CancelAsync();
        await _running;
        await Task.WhenAll(_mine.Values.Select(replay => replay.StopAsync(Grace)));
        await Node.TellToLookAsync();
    }

    /// <summary>Something changed: look.</summary>
    public void Kick() => _kicks.Writer.TryWrite(true);

    /// <summary>Whatever it still sends ends, where it runs here. It was stopped in the store before.</summary>
    public Task EndAsync(string id) => _mine.TryGetValue(id, out var replay) ? replay.StopAsync(Grace) : Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(TimeSpan wait)
    {
        try
        {
            while (true)
            {
                await WaitAsync(wait);
                wait = await LookAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task WaitAsync(TimeSpan longest)
    {
        using var tick = new CancellationTokenSource(longest, environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, _stopping.Token);
        try
        {
            await _kicks.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            // Nothing was said: time to look.
        }
    }

    /// <returns>After how long to look again, if nobody says so before.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var places = await store.RunningAsync(cancellation);
            await TidyAsync(places.ToDictionary(place => place.Id));
            var isLeft = await TakeAsync(places, cancellation);
            _isBlind = false;
            return Node.IsOneOfMany || isLeft || !_mine.IsEmpty ? LookEvery : Timeout.InfiniteTimeSpan;
        }
        catch (StorageUnavailableException trouble)
        {
            if (!_isBlind) Log.CannotLook(logger, trouble.Message);
            _isBlind = true;
            return LookAgainAfterTrouble;
        }
    }

    /// <summary>Stops here what was ended, taken or outdated, and lets go of what has stopped.</summary>
    private async Task TidyAsync(Dictionary<string, ReplayPlace> places)
    {
        await Task.WhenAll(_mine.Values.Where(replay => !IsCurrent(replay, places.GetValueOrDefault(replay.Id))).Select(replay => replay.StopAsync(Grace)));
        foreach (var replay in _mine.Values.Where(replay => replay.Running.IsCompleted)) _mine.TryRemove(replay.Id, out _);
    }

    private static bool IsCurrent(RunningReplay replay, ReplayPlace? place) =>
        place is not null && place.Fence <= replay.Fence && place.DestinationUpdatedAt == replay.DestinationUpdatedAt && !IsGoing(place);

    /// <returns>Whether some are left that run nowhere.</returns>
    private async Task<bool> TakeAsync(IReadOnlyList<ReplayPlace> places, CancellationToken cancellation)
    {
        if (places.Count == 0) return false;
        var alive = (await Node.AliveAsync(cancellation)).Select(node => node.Owner).ToHashSet(StringComparer.Ordinal);
        var isLeft = false;
        foreach (var place in places.Where(place => !_mine.ContainsKey(place.Id)))
        {
            var isFree = place.Node is null || place.Node == Node.Self.Owner || !alive.Contains(place.Node);
            if (IsGoing(place)) await store.StopAsync(place.Id, DestinationGone, Timestamp.Now(environment.Time), cancellation);
            else if (isFree && (_mine.Count >= MostOfNode || _unopened.IsWithin(place.Id, OpenAgainAfter) || !await TryTakeAsync(place, cancellation))) isLeft = true;
        }

        return isLeft;
    }

    /// <returns>False when it runs nowhere, and is to be tried again.</returns>
    private async Task<bool> TryTakeAsync(ReplayPlace place, CancellationToken cancellation)
    {
        if (await Node.TryTakeAsync("replay/" + place.Id, cancellation) is not { } hold) return false;
        try
        {
            if (await OpenAsync(place, hold, cancellation) is { } replay)
            {
                _mine[place.Id] = replay;
                replay.Start();
                _ = replay.Running.ContinueWith(_ => Kick(), TaskScheduler.Default);
                return true;
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageUnavailableException))
        {
            _unopened.Note(place.Id);
            Log.NotOpened(logger, exception, place.Id, place.DestinationId);
        }
        finally
        {
            if (!_mine.ContainsKey(place.Id)) await hold.ReleaseAsync();
        }

        return false;
    }

    private async Task<RunningReplay?> OpenAsync(ReplayPlace place, NodeHold hold, CancellationToken cancellation)
    {
        if (await store.TakeAsync(place.Id, Node.Self.Owner, cancellation) is not { } taken) return null;
        if (await environment.Store.FindAsync(place.DestinationId, cancellation) is not { } stream) return null;
        return new RunningReplay(taken, reader.Load(stream.Destination), hold, store, environment);
    }

    private static bool IsGoing(ReplayPlace place) => place.DestinationStatus is StreamStatus.Deleting or StreamStatus.Deleted;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Replay {Replay} of destination {Destination} cannot be opened and does not run here")]
        public static partial void NotOpened(ILogger logger, Exception exception, string replay, string destination);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Which replays this node should run cannot be found out now: {Problem}")]
        public static partial void CannotLook(ILogger logger, string problem);
    }
}
