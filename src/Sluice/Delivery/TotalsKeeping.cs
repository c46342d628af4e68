using Microsoft.Extensions.Logging;

namespace Sluice.Delivery;

/// <summary>Adds what this node counted to the destinations' stored totals. A process that is killed loses the last two seconds of them; no event depends on it.</summary>
internal sealed partial class TotalsKeeping(DeliveryEnvironment environment, ILogger<TotalsKeeping> logger) : Keeping(environment.Time, TimeSpan.FromSeconds(2))
{
    /// <summary>Whoever counts has stopped before.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    protected override async ValueTask StoreAsync(CancellationToken cancellation)
    {
        var counts = environment.Metrics.Counts;
        var waiting = counts.Waiting;
        if (waiting.Count == 0) return;
        await environment.Store.AddTotalsAsync(waiting, cancellation);
        foreach (var (destination, totals) in waiting) counts.AreStored(destination, totals);
    }

    protected override void TellNotKept(string problem) => Log.NotKept(logger, problem);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The totals of destinations cannot be stored now; delivery goes on, and they are stored later: {Problem}")]
        public static partial void NotKept(ILogger logger, string problem);
    }
}
