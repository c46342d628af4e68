namespace Sluice.Ingest;

/// <summary>What all request bodies being read may take together. A body that does not fit is turned away, never squeezed in.</summary>
public sealed class BodyBudget(IngestSettings settings)
{
    private long _used;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= settings.MaxBufferedBytes) return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);
}
