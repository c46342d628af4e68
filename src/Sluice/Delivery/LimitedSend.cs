namespace Sluice.Delivery;

/// <summary>One sending to somebody else's server, which always ends: with what was answered, or as an outage.</summary>
internal static class LimitedSend
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <exception cref="OperationCanceledException">The caller broke it off.</exception>
    public static async ValueTask<DeliveryResult> TryAsync(Func<CancellationToken, ValueTask<DeliveryResult>> send, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await send(either.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            return Failure.TimedOut(Limit);
        }
        catch (Exception exception)
        {
            return Failure.Of(exception);
        }
    }
}
