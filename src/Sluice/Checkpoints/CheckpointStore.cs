using Sluice.Events;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Checkpoints;

/// <summary>The signed checkpoints of all ledgers. Every one of the last hour is kept; of older ones the last of each hour.</summary>
public sealed class CheckpointStore(ConfigurationDatabase database)
{
    private const long Hour = 3_600_000_000_000;
    private const int ThinEvery = 256;

    private int _sinceThinned;

    public SignedCheckpoint? Latest(string ledger) => database.Read(open =>
    {
        using var select = open.Prepare("SELECT size, note FROM checkpoints WHERE ledger=?1 ORDER BY size DESC LIMIT 1");
        return select.Bind(1, ledger).Step() ? new SignedCheckpoint(select.Long(0), select.Text(1)) : null;
    });

    /// <summary>The newest ones first, smaller than <paramref name="below"/>.</summary>
    public IReadOnlyList<(SignedCheckpoint Checkpoint, long SignedAt)> List(string ledger, long below, int count) => database.Read(open =>
    {
        using var select = open.Prepare("SELECT size, note, signed_at FROM checkpoints WHERE ledger=?1 AND size<?2 ORDER BY size DESC LIMIT ?3");
        select.Bind(1, ledger).Bind(2, below).Bind(3, (long)count);
        var found = new List<(SignedCheckpoint, long)>();
        while (select.Step()) found.Add((new SignedCheckpoint(select.Long(0), select.Text(1)), select.Long(2)));
        return found;
    });

    /// <summary>The sizes of those that are kept, from one size up to, not including, another.</summary>
    public IReadOnlyCollection<long> Sizes(string ledger, long from, long end) => database.Read(open =>
    {
        using var select = open.Prepare("SELECT size FROM checkpoints WHERE ledger=?1 AND size>=?2 AND size<?3 ORDER BY size");
        select.Bind(1, ledger).Bind(2, from).Bind(3, end);
        var sizes = new List<long>();
        while (select.Step()) sizes.Add(select.Long(0));
        return sizes;
    });

    /// <summary>Durable when it returns: a checkpoint is shown only after that.</summary>
    public void Add(string ledger, SignedCheckpoint checkpoint, long signedAt) => database.Write(open =>
    {
        using var insert = open.Prepare("INSERT OR REPLACE INTO checkpoints (ledger, size, signed_at, note) VALUES (?1, ?2, ?3, ?4)");
        insert.Bind(1, ledger).Bind(2, checkpoint.Size).Bind(3, signedAt).Bind(4, checkpoint.Note).Run();
        if (++_sinceThinned % ThinEvery == 0) Thin(open, ledger, signedAt - Hour);
    });

    private static void Thin(Database open, string ledger, long before)
    {
        using var delete = open.Prepare($"""
            DELETE FROM checkpoints WHERE ledger=?1 AND signed_at<?2
            AND size NOT IN (SELECT max(size) FROM checkpoints WHERE ledger=?1 GROUP BY signed_at / {Hour})
            """);
        delete.Bind(1, ledger).Bind(2, before).Run();
    }
}
