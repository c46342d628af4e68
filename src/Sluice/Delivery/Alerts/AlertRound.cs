using Microsoft.Extensions.Logging;
using Sluice.Events;

namespace Sluice.Delivery.Alerts;

/// <summary>
/// One look at every destination: first what is to be told is found and stored, then told, and taken out when somebody took it. What goes wrong with one
/// destination keeps nobody from being told of the others.
/// </summary>
internal sealed partial class AlertRound(DeliveryEnvironment environment, AlertStore store, AlertTelling telling, AlertSettings settings, ILogger logger)
{
    /// <summary>Of one destination; beyond that the oldest are given up.</summary>
    private const int MostPending = 20;

    private readonly HashSet<string> _stumbled = new(StringComparer.Ordinal);

    private long Now => Timestamp.Now(environment.Time);

    /// <exception cref="AlertsElsewhereException">Another node tells.</exception>
    public async ValueTask GoAsync(CancellationToken cancellation)
    {
        var judged = new List<AlertStanding>();
        foreach (var its in await store.StandingsAsync(cancellation))
        {
            if (await TryJudgeAsync(its, cancellation) is { Alerts.Pending.Count: > 0 } standing) judged.Add(standing);
        }

        foreach (var its in judged) await TellAsync(its, cancellation);
    }

    private async ValueTask<AlertStanding?> TryJudgeAsync(AlertStanding its, CancellationToken cancellation)
    {
        try
        {
            var judged = await JudgeAsync(its, cancellation);
            _stumbled.Remove(its.Id);
            return judged;
        }
        catch (Exception trouble) when (trouble is not (OperationCanceledException or Storage.StorageUnavailableException or AlertsElsewhereException))
        {
            if (_stumbled.Add(its.Id)) Log.Stumbled(logger, trouble, its.Id);
            return null;
        }
    }

    private async ValueTask<AlertStanding> JudgeAsync(AlertStanding its, CancellationToken cancellation)
    {
        var known = its.Alerts ?? AlertState.First(its.CreatedAt, Now);
        var gaps = its.NewestGap > known.GapsThrough ? await store.GapsSinceAsync(its.Id, known.GapsThrough, cancellation) : [];
        var (state, facts) = new AlertRules(its, known, Now, settings.After).Apply(gaps);
        if (state == its.Alerts) return its;
        var pending = facts.Count > 0 ? [.. state.Pending, .. await BodiesAsync(its, facts, cancellation)] : state.Pending;
        its = await store.SaveAsync(its, state with { Pending = [.. pending.TakeLast(MostPending)] }, cancellation);
        foreach (var alert in pending.SkipLast(MostPending)) telling.GiveUp(alert, $"More than {MostPending} of its destination wait.");
        return its;
    }

    private async ValueTask<IReadOnlyList<PendingAlert>> BodiesAsync(AlertStanding its, IReadOnlyList<AlertFact> facts, CancellationToken cancellation)
    {
        var ledger = environment.LedgerOf(its.TenantId);
        var lag = await StreamLag.OfAsync(ledger, its.Cursor, its.State.Status, Now, cancellation);
        var letters = await store.DeadLettersAsync(its.Id, cancellation);
        return [.. facts.Select(fact => AlertBody.Of(its, fact, lag, letters, settings.Instance, Now))];
    }

    private async ValueTask TellAsync(AlertStanding its, CancellationToken cancellation)
    {
        foreach (var next in its.Alerts!.Pending)
        {
            if (telling.IsWaiting) return;
            if (telling.IsAside(next) || !await telling.TryTellAsync(next, cancellation)) continue;
            its = await store.SaveAsync(its, its.Alerts! with { Pending = [.. its.Alerts.Pending.Where(alert => alert != next)] }, cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Whether there is something to alert of destination {Destination} cannot be found out")]
        public static partial void Stumbled(ILogger logger, Exception exception, string destination);
    }
}
