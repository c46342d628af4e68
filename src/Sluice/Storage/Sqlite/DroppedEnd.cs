using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>What stands in front of the first segment that is kept: the tree over everything dropped, and when the last of it was persisted.</summary>
internal sealed record DroppedEnd(TreeState Tree, long PersistedAt)
{
    /// <summary>Nothing was dropped.</summary>
    public static DroppedEnd None => new(new TreeState(), 0);   // a tree of its own for everyone, for trees grow
}
