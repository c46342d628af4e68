using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Brings a node's memory up to what a ledger's row says, by the rows that commit groups left. Each tells the tree's root before it: whoever
/// saw another tree at that size was shown events that the database has since lost.
/// </summary>
internal sealed partial class LedgerFollowing(string name, LedgerMemory memory, SegmentTables tables, SegmentKeys keys, ILogger logger)
{
    /// <param name="row">Read on this connection. The caller holds <see cref="LedgerMemory.Changing"/>.</param>
    /// <param name="read">The groups behind what this node has, if they were read with the row.</param>
    /// <exception cref="LedgerHaltedException">The database went backwards.</exception>
    public async ValueTask FollowAsync(NpgsqlConnection connection, LedgerRow row, Patience patience, List<StoredGroup>? read = null)
    {
        memory.ThrowIfHalted();
        if (row.IsReplica) throw new StorageUnavailableException("PostgreSQL leads to a replica that is not the primary now.");
        if (row.Identity != memory.Identity) throw Halt("is another ledger than the one that this node opened");
        if (row.Size < memory.Size) throw Halt($"holds {row.Size} events, and this node has seen {memory.Size} committed there");
        if (row.Size > memory.Size) await TakeAsync(connection, row, patience, read);
        else if (!memory.Tree.ToBytes().AsSpan().SequenceEqual(row.Tree)) throw OtherTree();
        memory.BeginAt(row.First);
    }

    /// <summary>Everything is read before anything is changed: half of it would leave the index ahead of the tree that vouches for it.</summary>
    private async ValueTask TakeAsync(NpgsqlConnection connection, LedgerRow row, Patience patience, List<StoredGroup>? read)
    {
        var from = memory.Size;
        if (row.First > from) throw Halt($"no longer keeps event {from}, the next that this node needs: it was away for too long");
        var groups = read?[^1].End == row.Size ? read : await GroupsAsync(connection, from, row, patience);
        if (groups is not null && (groups[0].First != from || !groups[0].Root.AsSpan().SequenceEqual(memory.Tree.Root().ToArray()))) throw OtherTree();
        groups ??= await FromBodiesAsync(connection, row, patience);
        foreach (var group in groups) SegmentKeys.Hand(group, from, row.Size, memory.Index.Add);
        memory.Publish(TreeState.FromBytes(row.Tree));
    }

    private async ValueTask<List<StoredGroup>?> GroupsAsync(NpgsqlConnection connection, long from, LedgerRow row, Patience patience)
    {
        try
        {
            return await patience.Await(keys.GroupsAsync(connection, from, row.Size));
        }
        catch (PostgresException gone) when (PostgresErrors.IsMissingTable(gone))
        {
            keys.Forget();
            throw;
        }
    }

    /// <summary>The groups were dropped when their segment was sealed, before this node had read them.</summary>
    private async ValueTask<List<StoredGroup>> FromBodiesAsync(NpgsqlConnection connection, LedgerRow row, Patience patience)
    {
        var root = await patience.Await(LeafHashes.RootAsync(connection, tables, memory.Size));
        if (root != memory.Tree.Root()) throw OtherTree();
        return await patience.Await(keys.FromBodiesAsync(connection, memory.Size, row.Size));
    }

    private LedgerHaltedException OtherTree() => Halt($"has another history up to event {memory.Size} than this node has seen committed there");

    private LedgerHaltedException Halt(string found)
    {
        var why = new LedgerHaltedException(
            $"The database of ledger {name} {found}: committed events are lost, as when a replica that was behind took over or an older backup was restored. " +
            "Nothing is taken, signed or read here until this is decided: bring back the database that has them all, or restart every node to go on with what this one has.");
        if (memory.Halt(why)) Log.WentBackwards(logger, why.Message);
        return why;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Critical, Message = "{Why}")]
        public static partial void WentBackwards(ILogger logger, string why);
    }
}
