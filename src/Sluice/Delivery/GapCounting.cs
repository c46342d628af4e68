using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Counts what fell into closed gaps, aside, because that can mean reading all of it. What is not counted when the program ends is after the next start.</summary>
internal sealed partial class GapCounting(DeliveryEnvironment environment, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public void CountLater(DestinationDefinition definition, StreamFilter filter, Gap gap) => _ = Task.Run(() => CountAsync(definition, filter, gap));

    /// <summary>Counts what an earlier start left uncounted.</summary>
    public async ValueTask CountLeftAsync(DestinationDefinition definition, CancellationToken cancellation)
    {
        var gaps = await environment.Store.GapsAsync(definition.Id, cancellation);
        foreach (var gap in gaps.Where(gap => gap is { ClosedAt: not null, Count: null } && gap.Reason != Gap.Retention)) CountLater(definition, definition.Filter, gap);
    }

    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    private async Task CountAsync(DestinationDefinition definition, StreamFilter filter, Gap gap)
    {
        try
        {
            var counted = await GapCounter.CountAsync(environment.LedgerOf(definition.TenantId), filter, gap.First, gap.Last!.Value, _stopping.Token);
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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The events of gap {Gap} could not be counted; they are after the next start")]
        public static partial void NotCounted(ILogger logger, Exception exception, string gap);
    }
}
