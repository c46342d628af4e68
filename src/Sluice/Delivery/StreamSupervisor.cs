using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Nodes;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>
/// Has this node run its share of the streams from start to stop of the program. It looks whenever something changed here or somebody said so, among other
/// nodes every second as well, takes what nobody runs, and gives back what it has too much of or what has ended.
/// </summary>
internal sealed partial class StreamSupervisor(
    DeliveryEnvironment environment, OwnedStreams owned, GapCounting gaps, NodeMetrics metrics, ILogger<StreamSupervisor> logger) : IHostedService, IDisposable
{
    /// <summary>How long a deleted destination is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgainAfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>A node that takes a stream for a command keeps it so long, also beyond its share: commands come in rows.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>Whoever asked for a stream gets so long to take it.</summary>
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _kicks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Moments _kept = new(environment.Time), _leftAlone = new(environment.Time), _unopened = new(environment.Time), _free = new(environment.Time);
    private readonly RestingStreams _resting = new(environment);
    private IDisposable? _listening;
    private bool _isBlind;
    private Task _running = Task.CompletedTask;

    private INode Node => environment.Node;

    public async Task StartAsync(CancellationToken cancellation)
    {
        owned.Ended = Kick;
        _listening = Node.Listen(Heard);
        environment.Metrics.ObserveStreams(Readings);
        metrics.ObserveStreams(() => owned.All.Count(stream => !stream.Running.IsCompleted));
        await environment.Store.PurgeAsync(Timestamp.Now(environment.Time) - (Remembered.Ticks * 100), cancellation);
        await owned.CountLeftAsync(cancellation);
        var isWell = await LookAsync(cancellation);
        _running = Task.Run(() => RunAsync(isWell), CancellationToken.None);
    }

    /// <summary>Gives all back, each stream as soon as it has stopped, so that the other nodes need not wait for the slowest.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _listening?.Dispose();
        await _stopping.CancelAsync();
        gaps.Stop();
        await _running;
        await Node.RetireAsync();
        await Task.WhenAll(owned.All.Select(stream => GiveBackAsync(stream, Grace, _ => true)));
        await Node.TellToLookAsync();
    }

    /// <summary>Something changed: look.</summary>
    public void Kick() => _kicks.Writer.TryWrite(true);

    /// <summary>This node took a stream for a command.</summary>
    public void KeepForAWhile(string id) => _kept.Note(id);

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(bool isWell)
    {
        try
        {
            while (true)
            {
                await WaitAsync(isWell);
                isWell = await LookAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task WaitAsync(bool isWell)
    {
        var longest = !isWell ? LookAgainAfterTrouble : Timeout.InfiniteTimeSpan;
        using var tick = new CancellationTokenSource(Node.IsOneOfMany ? LookEvery : longest, environment.Time);
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

    /// <returns>False when not all could be done, and it should look again.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var counted = environment.Metrics.Counts.Destinations;   // first, or a new one could be missed among the places
            var all = await environment.Store.PlacesAsync(cancellation);
            foreach (var gone in counted.Except(all.Select(place => place.Id))) environment.Metrics.Forget(gone);
            var places = all.Where(place => place.IsToRun).ToList();
            await _resting.ObserveAsync(all.Where(place => !place.IsToRun), cancellation);
            var alive = (await Node.AliveAsync(cancellation)).Select(node => node.Owner).ToHashSet(StringComparer.Ordinal);
            Tidy(places);
            var shares = new StreamShares(Node.Self.Owner, alive);
            var mine = owned.All.Select(stream => stream.Definition.Id).ToHashSet(StringComparer.Ordinal);
            var plan = shares.Plan(places, mine, id => _kept.IsWithin(id, Kept) || owned.Find(id)?.Progress.State.Status == StreamStatus.Deleting, id => _free.IsOver(id, Overdue));
            _free.Keep(places.Where(place => !mine.Contains(place.Id) && shares.IsFree(place)).Select(place => place.Id));
            foreach (var id in plan.GiveBack) GiveBackAside(id, Grace, _ => !_kept.IsWithin(id, Kept));
            _isBlind = false;
            return await TakeAsync(plan, places.ToDictionary(place => place.Id), cancellation);
        }
        catch (StorageUnavailableException trouble)
        {
            if (!_isBlind) Log.CannotLook(logger, trouble.Message);
            _isBlind = true;
            return false;
        }
    }

    /// <summary>Of the streams that run here, and of those that run nowhere, so that somebody tells of a destination that has failed.</summary>
    public IEnumerable<StreamReading> Readings()
    {
        var mine = owned.All.Where(stream => stream.Progress.State.Status != StreamStatus.Deleted).Select(stream => stream.Reading()).ToList();
        return mine.Concat(_resting.Readings().Where(resting => mine.All(stream => stream.Destination != resting.Destination)));
    }

    /// <summary>Lets go of what has ended, was lost, or was taken by another node; starts what stopped before its end.</summary>
    private void Tidy(List<StreamPlace> places)
    {
        var running = places.ToDictionary(place => place.Id);
        foreach (var stream in owned.All)
        {
            var place = running.GetValueOrDefault(stream.Definition.Id);
            if (place?.Fence > stream.Fence) stream.LosePlace();
            if (!stream.Running.IsCompleted) continue;
            if (HasEnded(stream)) GiveBackAside(stream.Definition.Id, TimeSpan.Zero, HasEnded);
            else if (owned.TryEnter(stream.Definition.Id) is { } alone)
            {
                using (alone) stream.Start();
            }
        }
    }

    private static bool HasEnded(StreamHandle stream) => stream.Running.IsCompleted && (stream.IsOver || !stream.Progress.State.IsToRun);

    private async Task<bool> TakeAsync(StreamPlan plan, Dictionary<string, StreamPlace> places, CancellationToken cancellation)
    {
        foreach (var id in plan.TakeAnyway.Where(IsToTry))
        {
            if (await TakeAsync(places[id], cancellation) is null) return false;
        }

        var room = plan.Room;
        foreach (var id in plan.Take.Where(IsToTry))
        {
            if (room == 0) break;
            if (await TakeAsync(places[id], cancellation) is not { } isTaken) return false;
            if (isTaken) room--;
        }

        return true;
    }

    private bool IsToTry(string id) => !_unopened.IsWithin(id, OpenAgainAfter) && !_leftAlone.IsWithin(id, LeftAlone);

    /// <returns>Whether it was taken; null when the store had trouble.</returns>
    private async Task<bool?> TakeAsync(StreamPlace place, CancellationToken cancellation)
    {
        if (owned.TryEnter(place.Id) is not { } alone) return false;
        using (alone)
        {
            try
            {
                if (owned.Find(place.Id) is not null || await owned.TryTakeAsync(place.Id, cancellation) is not { } stream) return false;
                if (place.Node is { } before && before != Node.Self.Owner) TookOver(place.Id, before);
                stream.Start();
                return true;
            }
            catch (StorageUnavailableException trouble)
            {
                Log.NotTaken(logger, place.Id, trouble.Message);
                return null;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _unopened.Note(place.Id);
                Log.NotOpened(logger, exception, place.Id);
                return false;
            }
        }
    }

    private void TookOver(string id, string before)
    {
        if (!Node.IsOneOfMany) return;
        metrics.TookOver();
        Log.TakenOver(logger, id, before);
    }

    private void Heard(NodeNotice notice)
    {
        if (notice.Wanted is not { } id) Kick();
        else if (notice.From != Node.Self.Id)
        {
            _leftAlone.Note(id);
            GiveBackAside(id, OwnedStreams.Grace, _ => true);
        }
    }

    /// <summary>A stream that is slow to stop holds up nobody else.</summary>
    /// <param name="isStill">Asked when a command that was under way has ended.</param>
    private void GiveBackAside(string id, TimeSpan grace, Func<StreamHandle, bool> isStill)
    {
        if (owned.Find(id) is not { IsLeaving: false } stream) return;
        stream.IsLeaving = true;
        _ = Task.Run(() => GiveBackAsync(stream, grace, isStill));
    }

    private async Task GiveBackAsync(StreamHandle stream, TimeSpan grace, Func<StreamHandle, bool> isStill)
    {
        var id = stream.Definition.Id;
        using var alone = await owned.EnterAsync(id, CancellationToken.None);
        if (owned.Find(id) != stream) return;
        if (isStill(stream)) await owned.GiveBackAsync(stream, grace);
        else stream.IsLeaving = false;
        if (!_stopping.IsCancellationRequested) await Node.TellToLookAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Destination {Destination} cannot be opened and does not stream here")]
        public static partial void NotOpened(ILogger logger, Exception exception, string destination);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Destination {Destination} does not stream yet, and is tried again: {Problem}")]
        public static partial void NotTaken(ILogger logger, string destination, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "The stream of destination {Destination} goes on here; node {Node} ran it before and is gone.")]
        public static partial void TakenOver(ILogger logger, string destination, string node);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Which streams this node should run cannot be found out now: {Problem}")]
        public static partial void CannotLook(ILogger logger, string problem);
    }
}
