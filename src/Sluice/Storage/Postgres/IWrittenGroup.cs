using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>All that one transaction writes of a group of events.</summary>
internal interface IWrittenGroup
{
    /// <summary>What is written, a part for each segment that it lies in.</summary>
    List<PendingGroup.Part> Parts { get; }

    /// <summary>Roots of tiles, and of tiles of tiles, that it completes.</summary>
    List<(short Level, long Number, Digest Hash)> Nodes { get; }

    /// <summary>The tree after it.</summary>
    TreeState Tree { get; }

    /// <summary>When the last of its events was persisted.</summary>
    long PersistedAt { get; }
}
