using Sluice.Storage;

namespace Sluice.Server.Health;

/// <summary>Not ready while the store does not answer within a second. Asked at most once a second, however many ask.</summary>
internal sealed class StoreReadiness(IConfigurationStore store, TimeProvider time) : IReadiness, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile string? _why;
    private long? _askedAt;

    public string? WhyNotReady() => _why;

    public async ValueTask RefreshAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_askedAt is { } at && time.GetElapsedTime(at) < Limit) return;
            _why = await AskAsync();
            _askedAt = time.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<string?> AskAsync()
    {
        try
        {
            await store.ReadAsync(session => session.LongAsync("SELECT 1")).AsTask().WaitAsync(Limit, time);
            return null;
        }
        catch (StorageUnavailableException)
        {
            return "The store cannot be reached.";
        }
        catch (TimeoutException)
        {
            return "The store does not answer.";
        }
    }
}
