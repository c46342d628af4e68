namespace Sluice.Streams;

public enum StreamStatus
{
    /// <summary>Streaming; also while it waits for events.</summary>
    Active,

    /// <summary>The current delivery fails and is tried again; events wait in the ledger.</summary>
    Degraded,

    /// <summary>Given up. Only an update or a resume leaves it, never a restart.</summary>
    Failed,

    Disabled,

    /// <summary>Deleted by its user; what was accepted before is being flushed.</summary>
    Deleting,

    /// <summary>Gone. It is remembered for a while, so that its user can be told what was not sent.</summary>
    Deleted,
}
