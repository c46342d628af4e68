using Npgsql;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>
/// Writes one ledger's verified events into the database as an appending node would have left them, index keys included, so that the first node seals
/// what is complete as usual. Every page is one transaction, which moves the ledger's row: a migration that was killed goes on behind the last of them.
/// </summary>
internal sealed class LedgerCopy : IVerifiedEvents
{
    private readonly NpgsqlConnection _target;
    private readonly string _folder;
    private readonly string _name;
    private readonly SegmentTables _tables;
    private readonly LedgerRow _begun;

    private LedgerCopy(NpgsqlConnection target, string folder, string name, short id, LedgerRow begun) =>
        (_target, _folder, _name, _tables, _begun) = (target, folder, name, new SegmentTables(id, SegmentFile.Capacity), begun);

    /// <summary>The size up to which the tree met its checkpoints before; -1 when nothing was copied.</summary>
    public long Met => _begun.Size > 0 ? _begun.Size : -1;

    public static async Task<LedgerCopy> OpenAsync(NpgsqlConnection target, string folder, string name)
    {
        var id = await LedgerRow.IdOfAsync(target, name);
        return new LedgerCopy(target, folder, name, id, await LedgerRow.ReadAsync(target, id));
    }

    public async ValueTask<DroppedEnd> BeginAsync(DroppedEnd dropped)
    {
        if (_begun.Size >= dropped.Tree.Size) return new DroppedEnd(TreeState.FromBytes(_begun.Tree), _begun.PersistedAt);
        if (_begun.Size > 0)
            throw new StorageUnavailableException($"Retention removed events of ledger {_name} in the folder after {_begun.Size} of them were copied: the rest no longer follows. Begin anew with an empty database.");
        await using var transaction = await _target.BeginTransactionAsync();
        await DroppedCopy.WriteAsync(_target, _tables.Ledger, _folder, dropped);
        await transaction.CommitAsync();
        return dropped;
    }

    public async ValueTask TakeAsync(EventPage page, TreeState before, LedgerWalk walk)
    {
        var group = new CopiedGroup(_tables.Ledger, page, before, walk);
        await using (var locking = new NpgsqlBatch(_target) { BatchCommands = { new NpgsqlBatchCommand("BEGIN"), new NpgsqlBatchCommand(LedgerRow.Lock) { Parameters = { new NpgsqlParameter<short> { TypedValue = _tables.Ledger } } } } })
        await using (var reader = await locking.ExecuteReaderAsync())
        {
            if (!(await LedgerRow.NextAsync(reader)).Tree.AsSpan().SequenceEqual(before.ToBytes()))
                throw new StorageUnavailableException($"Somebody else writes to ledger {_name} of the database. End the other migration, then run this one again.");
        }

        await GroupWriter.WriteAsync(_target, _tables, group);
    }
}
