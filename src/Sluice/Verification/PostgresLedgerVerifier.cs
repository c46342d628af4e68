using Npgsql;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>
/// Walks one ledger in a database as far as it was committed when it began, growing the tree anew and comparing it with everything that was stored of it.
/// </summary>
/// <param name="events">For events, a page ahead.</param>
/// <param name="others">For everything else meanwhile.</param>
internal sealed class PostgresLedgerVerifier(
    NpgsqlConnection events, NpgsqlConnection others, short ledger, CheckpointTrail checkpoints, VerifiedPage progress, CancellationToken cancellation)
{
    private readonly SegmentTables _tables = new(ledger, SegmentFile.Capacity);
    private readonly PostgresHashes _hashes = new(others, ledger);
    private readonly LedgerWalk _walk = new(checkpoints);
    private long _first;

    private TreeState Tree => _walk.Tree;

    public async Task<LedgerVerdict> RunAsync(string name)
    {
        LedgerFault? fault = null;
        try
        {
            await WalkAsync();
        }
        catch (Exception problem) when (problem is LedgerFaultException or PostgresException)
        {
            if ((await LedgerRow.ReadAsync(others, ledger)).First > _first) throw new StorageUnavailableException($"Retention removed events of ledger {name} while they were checked. Verify again.", problem);
            if (problem is not LedgerFaultException found) throw;
            fault = found.Fault;
        }

        return new LedgerVerdict(name, Tree.Size - _first, checkpoints.Count, checkpoints.Key?.Text, fault) { First = _first, Signed = checkpoints.Vouched };
    }

    private async Task WalkAsync()
    {
        var row = await LedgerRow.ReadAsync(others, ledger);
        _first = row.First;
        checkpoints.Meet(Tree);
        if (_first % TileTree.Width != 0) throw new LedgerFaultException(null, $"The ledger's row says that it begins at event {_first}, where no segment does.");
        _walk.Begin(new DroppedTree(_hashes, checkpoints, Changed, cancellation).Grow(_first), 0);
        await progress(_first, 0);
        while (Tree.Size < row.Size) await SegmentAsync(Math.Min(row.Size, (SegmentFile.NumberOf(Tree.Size) + 1) * SegmentFile.Capacity));
        CheckEnd(row);
        await CheckStrayAsync();
        checkpoints.End(Tree.Size);
    }

    private async Task SegmentAsync(long end)
    {
        var table = _tables.Events(SegmentFile.NumberOf(Tree.Size));
        if (!await SegmentTables.ExistsAsync(others, table)) throw new LedgerFaultException(Tree.Size, $"It is missing. The table {table} is missing.");
        await using var pages = new ReadAhead((page, at) => EventCopy.ReadAsync(events, Select(table, at, Math.Min(end, at + ReadAhead.PageEvents)), page), Tree.Size);
        while (Tree.Size < end)
        {
            cancellation.ThrowIfCancellationRequested();
            var (page, damage) = await pages.NextAsync();
            _walk.Take(page, CheckNode);
            if (damage is not null) throw new LedgerFaultException(Tree.Size, $"{table} cannot be read from event {Tree.Size} on: {damage.Message}.");
            if (page.Count == 0) throw new LedgerFaultException(Tree.Size, "It is missing. It cannot be found.");
            await progress(page.Count, page.Bytes);
        }
    }

    /// <summary>Not more bytes than a page shall hold, but one event at least. A digest of another length, which no writer wrote, is shown as zeros.</summary>
    private string Select(string table, long from, long end) =>
        $"""
        SELECT sequence, persisted_at, CASE octet_length(digest) WHEN {Digest.Size} THEN digest ELSE decode(repeat('00', {Digest.Size}), 'hex') END, body
        FROM (SELECT *, sum(octet_length(body)) OVER (ORDER BY sequence) - octet_length(body) AS before FROM {table} WHERE ledger = {ledger} AND sequence >= {from} AND sequence < {end}) AS page
        WHERE before < {ReadAhead.PageBytes} ORDER BY sequence
        """;

    private void CheckNode(TreeNode node)
    {
        if (_hashes.Node(node.Level, node.Number) != node.Hash) throw _walk.Wrong(node);
    }

    private void CheckEnd(LedgerRow row)
    {
        if (!row.Tree.AsSpan().SequenceEqual(Tree.ToBytes())) throw new LedgerFaultException(new LedgerFault(_first, Math.Max(_first, Tree.Size - 1), "The tree that the ledger's row stores is not that of its events."));
        if (Tree.Size > _first && row.PersistedAt != _walk.PersistedAt)
            throw new LedgerFaultException(Tree.Size - 1, "Its persisted_at, or that in the ledger's row, was changed: they differ.");
        var expected = Enumerable.Range(1, 7).Sum(level => Tree.Size >> (TileTree.Levels * level));
        if (_hashes.Count(Tree.Size) != expected) throw new LedgerFaultException(null, "The tree's stored hashes are more than its events have: some were added.");
    }

    /// <summary>Events that no reader sees, because the tree ends before them.</summary>
    private async Task CheckStrayAsync()
    {
        await using var select = new NpgsqlCommand("SELECT size, (SELECT min(sequence) FROM events WHERE ledger = id AND sequence >= size) FROM ledger_heads WHERE id = $1", others)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = ledger } },
        };
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        if (await reader.ReadAsync(cancellation) && !await reader.IsDBNullAsync(1, cancellation))
            throw new LedgerFaultException(reader.GetInt64(1), "It is stored, but the ledger's tree ends before it.");
    }

    private static LedgerFaultException Changed(string what) =>
        new(null, $"What the database keeps of the events that retention removed is damaged or was changed: {what}.");
}
