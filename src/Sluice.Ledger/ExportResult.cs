namespace Sluice.Ledger;

/// <summary>What the verification of an export came to.</summary>
public abstract record ExportResult
{
    private ExportResult()
    {
    }

    /// <summary>Every event is the one that the signed checkpoint commits to.</summary>
    public sealed record Clean(long Count, Checkpoint Checkpoint) : ExportResult;

    /// <summary>The first line that is not what it should be.</summary>
    /// <param name="Sequence">What the line says of itself, if it can still be read.</param>
    /// <param name="Line">From 1; 0 when it is the checkpoint that is wrong.</param>
    public sealed record Wrong(long? Sequence, long Line, string Problem) : ExportResult;

    /// <summary>Nothing can be said: a checkpoint is missing, or is not of this key or this export.</summary>
    public sealed record CannotCheck(string Problem) : ExportResult;
}
