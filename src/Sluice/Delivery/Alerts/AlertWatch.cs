using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Nodes;
using Sluice.Storage;

namespace Sluice.Delivery.Alerts;

/// <summary>
/// Watches every destination, whichever node runs it, and tells the operator of trouble. One node at a time does. What is to be told is stored before it is
/// sent, and taken out when it was: a node that dies in between has it told again under the same id. It reads the store and nothing of the streams, so no
/// stream ever waits for it.
/// </summary>
internal sealed partial class AlertWatch(
    DeliveryEnvironment environment, AlertStore store, IAlertChannel channel, AlertSettings settings, ILogger<AlertWatch> logger) : BackgroundService
{
    /// <summary>Of one destination; beyond that the oldest are not told.</summary>
    private const int MostPending = 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly AlertTelling _telling = new(channel, new RetrySchedule(environment.Random), environment.Time, logger);
    private NodeHold? _alone;
    private bool _isBlind;

    private long Now => Timestamp.Now(environment.Time);

    public override void Dispose()
    {
        base.Dispose();
        channel.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(LookEvery, environment.Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
        finally
        {
            if (_alone is not null) await _alone.ReleaseAsync();
        }
    }

    private async ValueTask<bool> IsAloneAsync(CancellationToken stop)
    {
        if (_alone is { Lost.IsCancellationRequested: true } lost)
        {
            _alone = null;
            await lost.ReleaseAsync();
        }

        _alone ??= await environment.Node.TryTakeAsync("alerts", stop);
        return _alone is not null;
    }

    private async ValueTask LookAsync(CancellationToken stop)
    {
        try
        {
            if (!await IsAloneAsync(stop)) return;
            foreach (var its in await store.StandingsAsync(stop)) await TellAsync(its, await JudgeAsync(its, stop), stop);
            _isBlind = false;
        }
        catch (StorageUnavailableException trouble)
        {
            if (!_isBlind) Log.CannotLook(logger, trouble.Message);
            _isBlind = true;
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            Log.Stumbled(logger, trouble);
        }
    }

    private async ValueTask<AlertState> JudgeAsync(AlertStanding its, CancellationToken stop)
    {
        var known = its.Alerts ?? AlertState.First(its.CreatedAt, Now);
        var gaps = its.NewestGap > known.GapsThrough ? await store.GapsSinceAsync(its.Id, known.GapsThrough, stop) : [];
        var (state, facts) = new AlertRules(its, known, Now, settings.After).Apply(gaps);
        if (state == its.Alerts) return state;
        if (facts.Count > 0) state = state with { Pending = [.. state.Pending.Concat(await BodiesAsync(its, facts, stop)).TakeLast(MostPending)] };
        await store.SaveAsync(its.Id, state, stop);
        return state;
    }

    private async ValueTask<IReadOnlyList<PendingAlert>> BodiesAsync(AlertStanding its, IReadOnlyList<AlertFact> facts, CancellationToken stop)
    {
        var ledger = environment.LedgerOf(its.TenantId);
        var lag = await StreamLag.OfAsync(ledger, its.Cursor, its.State.Status, Now, stop);
        var letters = await store.DeadLettersAsync(its.Id, stop);
        return [.. facts.Select(fact => AlertBody.Of(its, fact, lag, letters, settings.Instance, Now))];
    }

    private async ValueTask TellAsync(AlertStanding its, AlertState state, CancellationToken stop)
    {
        while (state.Pending is [var next, ..] && !_telling.IsWaiting)
        {
            if (!await _telling.TryTellAsync(next, stop)) return;
            state = state with { Pending = [.. state.Pending.Skip(1)] };
            await store.SaveAsync(its.Id, state, stop);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Whether there is something to alert of cannot be found out now: {Problem}")]
        public static partial void CannotLook(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "Alerts stumbled and go on")]
        public static partial void Stumbled(ILogger logger, Exception exception);
    }
}
