namespace Sluice.Ingest;

/// <summary>How much memory the way in may take. Beyond it, callers are told to come back: nothing waits without a bound.</summary>
public sealed record IngestSettings
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Accepted events that wait for the disk, in bytes: 1 MiB to 16 GiB, default 64 MiB. When it is full, ingest answers 429.</summary>
    public long MaxQueuedBytes { get; init; } = 64 * Mebibyte;

    /// <summary>Request bodies being read, all together, in bytes: 65 MiB to 64 GiB, default 256 MiB. When it is full, ingest answers 429.</summary>
    public long MaxBufferedBytes { get; init; } = 256 * Mebibyte;
}
