using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Nodes;
using Sluice.Query.Filters;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery.Replays;

/// <summary>
/// One replay in this process and the task that runs it, over a connection of its own beside that of the stream. It holds for one taking of the replay,
/// and for its destination as it was set up then.
/// </summary>
internal sealed partial class RunningReplay
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(5);

    private readonly StoredReplay _replay;
    private readonly DestinationDefinition _definition;
    private readonly NodeHold _hold;
    private readonly ReplayStore _store;
    private readonly DeliveryEnvironment _environment;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new(), _abort = new();

    public RunningReplay(StoredReplay replay, DestinationDefinition definition, NodeHold hold, ReplayStore store, DeliveryEnvironment environment)
    {
        (_replay, _definition, _hold, _store, _environment) = (replay, definition, hold, store, environment);
        _logger = environment.Logging.CreateLogger("Sluice.Delivery");
    }

    public string Id => _replay.Order.Id;

    public string DestinationId => _replay.Order.DestinationId;

    public long Fence => _replay.Fence;

    /// <summary>When the destination was last changed before this began.</summary>
    public long DestinationUpdatedAt => _definition.Row.UpdatedAt;

    /// <summary>Ends when nothing is sent any more and others can have the replay.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start() => Running = Task.Run(RunAsync);

    /// <summary>Lets a request that is on its way end within the grace, then breaks it off. Nothing is sent afterwards.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _stop.CancelAsync();
        if (!Running.IsCompleted) await Task.WhenAny(Running, Task.Delay(grace, _environment.Time));
        await _abort.CancelAsync();
        await Running;
    }

    private async Task RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _hold.Lost);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token, _hold.Lost);
        using var counting = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var counted = Task.Run(() => CountAsync(counting.Token), CancellationToken.None);
        var attempts = new Attempts(_replay.Attempts);
        var progress = new ReplayProgress(_replay, _store, attempts, _environment.Settings, _environment.Time, _logger, abort.Token);
        try
        {
            while (!await TryRunAsync(progress, attempts, stop.Token, abort.Token)) await Task.Delay(RestartAfter, _environment.Time, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while it waited.
        }

        await counting.CancelAsync();
        await counted;
        await ReleaseAsync();
    }

    /// <returns>False when it stumbled over something that is not the destination's fault, and should go on in a while.</returns>
    private async Task<bool> TryRunAsync(ReplayProgress progress, Attempts attempts, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            await using var destination = _environment.Open(_definition);
            using var runner = Runner(progress, new BatchSender(destination, _definition.Mask, attempts, _environment.Metrics, _environment.Time));
            await runner.RunAsync(stop, abort);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || abort.IsCancellationRequested)
        {
            return true;
        }
        catch (StaleReplayException)
        {
            return true;
        }
        catch (Exception exception)
        {
            Log.Stumbled(_logger, exception, Id, DestinationId, RestartAfter.TotalSeconds);
            return false;
        }
    }

    private ReplayRunner Runner(ReplayProgress progress, BatchSender sender)
    {
        var (order, its) = (_replay.Order, _environment);
        var ledger = its.LedgerOf(_definition.TenantId);
        var pace = new ReplayPace(order.EventsPerSecond, its.Time);
        var limits = pace.Limit(_definition.Kind.Limits(_definition.Settings, its.Settings));
        IReplayReader reader = order.Source == ReplaySource.DeadLetters
            ? new DeadLetterReader(order, _store, ledger, _definition.Profile, limits)
            : new RangeReader(new BatchReader(ledger, Filter(), _definition.Profile, limits));
        var delivery = new ReplayDelivery(order, Revision(), sender, progress, new RetrySchedule(its.Settings, its.Random), its.Settings, its.Metrics, its.Time);
        return new ReplayRunner(ledger, reader, progress, pace, delivery);
    }

    /// <summary>Milliseconds from the order to the last change of the destination, if it was changed since: the same name never stands for other bytes.</summary>
    private int Revision() =>
        DestinationUpdatedAt <= _replay.Order.CreatedAt ? 0 : (int)Math.Min(int.MaxValue, ((DestinationUpdatedAt - _replay.Order.CreatedAt) / 1_000_000) + 1);

    private StreamFilter Filter() =>
        _replay.Order.Filter is { } text && EventFilter.TryParse(text, out var filter, out _) ? _definition.Filter.And(filter) : _definition.Filter;

    /// <summary>Beside the sending, because that can mean reading all of it.</summary>
    private async Task CountAsync(CancellationToken cancellation)
    {
        if (_replay.Total is not null) return;
        try
        {
            var counted = await GapCounter.CountAsync(_environment.LedgerOf(_definition.TenantId), Filter(), _replay.Order.First, _replay.Order.Last, cancellation);
            await _store.SaveTotalAsync(Id, counted.Count, cancellation);
        }
        catch (OperationCanceledException)
        {
            // It is counted when it is taken the next time; one that has completed knows its total.
        }
        catch (Exception exception)
        {
            Log.NotCounted(_logger, exception, Id);
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (!_hold.Lost.IsCancellationRequested) await _store.ReleaseAsync(Id, Fence);
        }
        catch (StorageUnavailableException problem)
        {
            Log.NotReleased(_logger, Id, problem.Message);
        }

        await _hold.ReleaseAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Replay {Replay} of destination {Destination} stumbled and goes on in {Seconds} s")]
        public static partial void Stumbled(ILogger logger, Exception exception, string replay, string destination, double seconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The events of replay {Replay} could not be counted; it goes on without a total")]
        public static partial void NotCounted(ILogger logger, Exception exception, string replay);

        [LoggerMessage(Level = LogLevel.Information, Message = "Replay {Replay} could not be given back; others take it all the same: {Problem}")]
        public static partial void NotReleased(ILogger logger, string replay, string problem);
    }
}
