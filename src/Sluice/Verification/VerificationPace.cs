namespace Sluice.Verification;

/// <summary>Keeps a verification from reading faster than so many bytes a second, so that a server's own work goes on beside it.</summary>
public sealed class VerificationPace(long bytesPerSecond, TimeProvider time)
{
    private long _since = time.GetTimestamp();

    /// <summary>As fast as it goes.</summary>
    public static VerificationPace Unbounded => new(long.MaxValue, TimeProvider.System);

    /// <param name="bytes">What was read since the last call.</param>
    public async ValueTask WaitAsync(long bytes, CancellationToken cancellation)
    {
        var early = TimeSpan.FromSeconds((double)bytes / bytesPerSecond) - time.GetElapsedTime(_since);
        if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellation);
        _since = time.GetTimestamp();
    }
}

/// <summary>Told of every page that was found right; the next is checked when it is done.</summary>
internal delegate ValueTask VerifiedPage(long events, long bytes);
