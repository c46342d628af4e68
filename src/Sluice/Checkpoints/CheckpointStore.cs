using Sluice.Storage;

namespace Sluice.Checkpoints;

/// <summary>The signed checkpoints of all ledgers. Every one of the last hour is kept; of older ones the last of each hour.</summary>
public sealed class CheckpointStore(IConfigurationStore store)
{
    private const long Hour = 3_600_000_000_000;
    private const int ThinEvery = 256;

    private int _added;

    public ValueTask<SignedCheckpoint?> LatestAsync(string ledger, CancellationToken cancellation = default) => store.ReadAsync(session => session.FirstAsync(
        "SELECT size, note FROM checkpoints WHERE ledger=?1 ORDER BY size DESC LIMIT 1", row => new SignedCheckpoint(row.Long(0), row.Text(1)), ledger), cancellation);

    /// <summary>The newest ones first, smaller than <paramref name="below"/>.</summary>
    public ValueTask<IReadOnlyList<(SignedCheckpoint Checkpoint, long SignedAt)>> ListAsync(string ledger, long below, int count, CancellationToken cancellation = default) =>
        store.ReadAsync(session => session.QueryAsync(
            "SELECT size, note, signed_at FROM checkpoints WHERE ledger=?1 AND size<?2 ORDER BY size DESC LIMIT ?3",
            row => (new SignedCheckpoint(row.Long(0), row.Text(1)), row.Long(2)), ledger, below, count), cancellation);

    /// <summary>The sizes of those that are kept, from one size up to, not including, another.</summary>
    public ValueTask<IReadOnlyList<long>> SizesAsync(string ledger, long from, long end, CancellationToken cancellation = default) => store.ReadAsync(
        session => session.QueryAsync("SELECT size FROM checkpoints WHERE ledger=?1 AND size>=?2 AND size<?3 ORDER BY size", row => row.Long(0), ledger, from, end), cancellation);

    /// <summary>Durable when it returns: a checkpoint is shown only after that.</summary>
    public async ValueTask AddAsync(string ledger, SignedCheckpoint checkpoint, long signedAt, CancellationToken cancellation = default)
    {
        var thins = Interlocked.Increment(ref _added) % ThinEvery == 0;
        await store.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO checkpoints (ledger, size, signed_at, note) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (ledger, size) DO UPDATE SET signed_at=excluded.signed_at, note=excluded.note
                """,
                ledger, checkpoint.Size, signedAt, checkpoint.Note);
            return thins ? await ThinAsync(session, ledger, signedAt - Hour) : 0;
        }, cancellation);
    }

    private static ValueTask<int> ThinAsync(IConfigurationSession session, string ledger, long before) => session.ExecuteAsync(
        $"""
        DELETE FROM checkpoints WHERE ledger=?1 AND signed_at<?2
        AND size NOT IN (SELECT max(size) FROM checkpoints WHERE ledger=?1 GROUP BY signed_at / {Hour})
        """,
        ledger, before);
}
