using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Nodes;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>
/// One destination's stream in this process: its definition, where it stands, and the task that runs it. Each has its own connections and buffers,
/// so that none can hold up another. Commands change it only while it does not run, under <see cref="Gate"/>. It holds for one taking of the stream.
/// </summary>
internal sealed partial class StreamHandle
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(5);

    private readonly DeliveryEnvironment _environment;
    private readonly ILogger _logger;
    private CancellationTokenSource _stop = new();
    private CancellationTokenSource _abort = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _isStale;

    /// <param name="fence">Of the taking under which it runs here.</param>
    /// <param name="attempts">How many sendings there were before.</param>
    /// <param name="hold">What keeps other nodes from running it.</param>
    public StreamHandle(DestinationDefinition definition, StreamSnapshot snapshot, long fence, long attempts, NodeHold hold, DeliveryEnvironment environment)
    {
        (_environment, Hold) = (environment, hold);
        _logger = environment.Logging.CreateLogger("Sluice.Delivery");
        (Definition, Fence, Attempts) = (definition, fence, new Attempts(attempts));
        Progress = new StreamProgress(definition.Id, fence, snapshot, Attempts, environment.Store, environment.Time, _logger) { About = () => Definition };
    }

    public DestinationDefinition Definition { get; set; }

    public StreamProgress Progress { get; }

    /// <summary>Every write for the stream names it.</summary>
    public long Fence { get; }

    public NodeHold Hold { get; }

    /// <summary>Another node has taken the stream, or may: it does not run here any more.</summary>
    public bool IsOver => _isStale || Hold.Lost.IsCancellationRequested;

    /// <summary>Somebody is about to give it back.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Called when it stops running, for whatever reason.</summary>
    public Action Ended { get; set; } = () => { };

    public Attempts Attempts { get; }

    public ILedgerReader Ledger => _environment.LedgerOf(Definition.TenantId);

    /// <summary>Ends when the stream has nothing more to do: given up, deleted, or stopped.</summary>
    public Task Running => _running;

    public void Start()
    {
        if (IsOver || !Progress.State.IsToRun) return;
        (_stop, _abort) = (new CancellationTokenSource(), new CancellationTokenSource());
        _running = Task.Run(RunAsync);
        _ = _running.ContinueWith(_ => Ended(), TaskScheduler.Default);
    }

    /// <summary>Another node has taken it.</summary>
    public void LosePlace()
    {
        if (!_isStale) Log.LostItsPlace(_logger, Definition.Id);
        _isStale = true;
        _stop.Cancel();
        _abort.Cancel();
    }

    /// <summary>Lets a request that is on its way end within the grace, then breaks it off. Nothing is sent afterwards.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _stop.CancelAsync();
        if (!_running.IsCompleted) await Task.WhenAny(_running, Task.Delay(grace, _environment.Time));
        await _abort.CancelAsync();
        await _running;
    }

    public StreamReading Reading()
    {
        var (cursor, state) = Progress.Snapshot;
        var pending = state.Status == StreamStatus.Disabled ? 0 : Math.Max(0, Ledger.Size - Math.Max(cursor + 1, Ledger.First));
        var oldest = pending > 0 ? Progress.OldestPendingAt : null;
        var age = oldest is { } at ? Math.Max(0, Progress.Now - at) / 1e9 : 0;
        return new StreamReading(Definition.Id, Definition.Stream.Name ?? "", Definition.Kind.Name, state.Status, pending, age, oldest);
    }

    private async Task RunAsync()
    {
        using var deadline = new CancellationTokenSource(TimeToFlush(), _environment.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, deadline.Token, Hold.Lost);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token, deadline.Token, Hold.Lost);
        try
        {
            while (!stop.IsCancellationRequested && !await TryRunAsync(stop.Token, abort.Token)) await Task.Delay(RestartAfter, _environment.Time, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while it waited.
        }

        if (Progress.State.Status == StreamStatus.Deleting && !IsOver && !_stop.IsCancellationRequested) await FinishAsync();
    }

    /// <returns>False when it stumbled over something that is not the destination's fault, and should go on in a while.</returns>
    private async Task<bool> TryRunAsync(CancellationToken stop, CancellationToken abort)
    {
        try
        {
            await using var destination = _environment.Open(Definition);
            using var runner = Runner(new BatchSender(destination, Definition.Mask, Attempts, _environment.Metrics, _environment.Time));
            await runner.RunAsync(stop, abort);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || abort.IsCancellationRequested)
        {
            return true;
        }
        catch (StaleStreamException)
        {
            LosePlace();
            return true;
        }
        catch (Exception exception)
        {
            Log.Stumbled(_logger, exception, Definition.Id, RestartAfter.TotalSeconds);
            return false;
        }
    }

    private StreamRunner Runner(BatchSender sender)
    {
        var (kind, inFlight, time) = (Definition.Kind, Definition.Stream.MaxInFlight, _environment.Time);
        var limits = kind.Limits(Definition.Settings, _environment.Settings);
        var (window, buffers) = (new Window(Progress.Cursor), new EventBuffers(inFlight + 1));
        var outage = new Outage(new RetrySchedule(_environment.Settings, _environment.Random), time);
        var reader = new BatchReader(Ledger, Definition.Filter, Definition.Profile, limits);
        var delivery = new BatchDelivery(Definition.Id, kind.Name, window, outage, Progress, _environment.Settings, _environment.Metrics, kind.FreezesBatches);
        var launcher = new BatchLauncher(Definition.Id, window, outage, buffers, reader, sender, delivery, Progress, inFlight, kind.FreezesBatches);
        var heartbeat = new Heartbeat(Definition, Ledger, sender, outage, Progress, time);
        return new StreamRunner(Ledger, new NextBatch(Ledger, reader, buffers, _environment.Turns, limits.Fill, time), window, buffers, launcher, delivery, outage, Progress, heartbeat);
    }

    private TimeSpan TimeToFlush()
    {
        if (Progress.State.Deletion is not { } deletion) return Timeout.InfiniteTimeSpan;
        var left = TimeSpan.FromTicks((deletion.Deadline - Progress.Now) / 100);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task FinishAsync()
    {
        try
        {
            var deletion = Progress.State.Deletion!;
            var unsent = await GapCounter.CountAsync(Ledger, Definition.Filter, Progress.Cursor + 1, deletion.End - 1, _stop.Token);
            var row = Definition.Row with { Secrets = [], DeletedAt = Progress.Now };
            await Progress.DeleteAsync(row, unsent, _stop.Token);
            if (unsent.Count > 0) Log.DeletedWithRest(_logger, Definition.Id, unsent.Count, unsent.First!.Value, unsent.Last!.Value);
        }
        catch (OperationCanceledException)
        {
            // It is finished after the next start.
        }
        catch (StaleStreamException)
        {
            LosePlace();
        }
        catch (Exception exception)
        {
            Log.NotFinished(_logger, exception, Definition.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The stream of destination {Destination} was taken by another node and has stopped on this one.")]
        public static partial void LostItsPlace(ILogger logger, string destination);

        [LoggerMessage(Level = LogLevel.Error, Message = "The stream of destination {Destination} stumbled and goes on in {Seconds} s")]
        public static partial void Stumbled(ILogger logger, Exception exception, string destination, double seconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Destination {Destination} was deleted before it took {Count} events, {First} to {Last}.")]
        public static partial void DeletedWithRest(ILogger logger, string destination, long count, long first, long last);

        [LoggerMessage(Level = LogLevel.Error, Message = "Destination {Destination} could not be deleted; it is tried again at the next start")]
        public static partial void NotFinished(ILogger logger, Exception exception, string destination);
    }
}
