using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Verification;

/// <summary>The checkpoints in a data folder.</summary>
/// <param name="configuration">Null when it is no database any more.</param>
internal sealed class SqliteCheckpoints(Database? configuration, string ledger) : IStoredCheckpoints
{
    public void RequireWhole() => Guarded(its =>
    {
        using var check = its.Prepare("PRAGMA quick_check(checkpoints)");
        if (!check.Step() || check.Text(0) != "ok") throw new StorageCorruptException(check.Text(0).ReplaceLineEndings(" "));
        using var stray = its.Prepare("SELECT count(*) FROM checkpoints WHERE ledger NOT IN (?1, ?2)");
        if (stray.Bind(1, LedgerIdentities.MainLedger).Bind(2, TenantNames.Sluice).Step() && stray.Long(0) > 0) throw new StorageCorruptException("some are of a ledger that there is not");
        return true;
    });

    public VerifierKey? ReadKey() => Guarded(its =>
    {
        using var select = its.Prepare("SELECT origin, public_key FROM ledgers WHERE name=?1");
        return select.Bind(1, ledger).Step() ? KeyOf(select.Text(0), select.Blob(1)) : null;
    });

    public long ReadNewest() => Guarded(its =>
    {
        using var select = its.Prepare("SELECT max(size) FROM checkpoints WHERE ledger=?1");
        return select.Bind(1, ledger).Step() ? select.LongOrNull(0) ?? -1 : -1;
    });

    public IReadOnlyList<SignedCheckpoint> Read(long after, long upTo, int most) => Guarded(its =>
    {
        var notes = new List<SignedCheckpoint>();
        using var select = its.Prepare("SELECT size, note FROM checkpoints WHERE ledger=?1 AND size>?2 AND size<=?3 ORDER BY size LIMIT ?4");
        select.Bind(1, ledger).Bind(2, after).Bind(3, upTo).Bind(4, (long)most);
        while (select.Step()) notes.Add(new SignedCheckpoint(select.Long(0), select.Text(1)));
        return notes;
    });

    /// <exception cref="StorageCorruptException">It is no key.</exception>
    public static VerifierKey KeyOf(string origin, ReadOnlySpan<byte> publicKey)
    {
        try
        {
            return new VerifierKey(origin, publicKey);
        }
        catch (ArgumentException problem)
        {
            throw new StorageCorruptException($"the key of the ledger is none: {problem.Message}", problem);
        }
    }

    private T Guarded<T>(Func<Database, T> read)
    {
        if (configuration is null) throw new StorageCorruptException($"{ConfigurationDatabase.FileName} is no database any more");
        try
        {
            return read(configuration);
        }
        catch (StorageUnavailableException problem) when (configuration.ErrorCode == NativeSqlite.GenericError)
        {
            // The statements here are right: when SQLite does not understand one, the tables are not what they were.
            throw new StorageCorruptException(problem.Message, problem);
        }
    }
}
