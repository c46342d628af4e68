using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Verification;

/// <summary>
/// The stored checkpoints of one ledger, met in order of size by a tree that grows. Made before the ledger is read: the ledger of a running
/// server then holds at least what the newest one says.
/// </summary>
internal sealed class CheckpointTrail
{
    private const int AtOnce = 256;

    private readonly Database? _configuration;
    private readonly string _ledger;
    private readonly Queue<Signed> _next = new();
    private string? _unreadable;
    private long _loaded = -1;

    public CheckpointTrail(Database? configuration, string ledger)
    {
        (_configuration, _ledger) = (configuration, ledger);
        if (configuration is null) _unreadable = $"{ConfigurationDatabase.FileName} is no database any more";
        else Guarded(configuration, () =>
        {
            RequireWhole(configuration);
            (Key, Newest) = (ReadKey(configuration), ReadNewest(configuration));
            Load(configuration);
        });
    }

    /// <summary>The folder's key of this ledger.</summary>
    public VerifierKey? Key { get; private set; }

    /// <summary>Events that the newest checkpoint speaks of; -1 without checkpoints.</summary>
    public long Newest { get; private set; } = -1;

    /// <summary>How many held so far.</summary>
    public int Count { get; private set; }

    /// <summary>The size of the last one that held: its events are those that were signed.</summary>
    public long Vouched { get; private set; }

    /// <summary>The size of the next one to meet; null behind the last.</summary>
    public long? NextSize => _next.TryPeek(out var signed) ? signed.Size : null;

    /// <summary>The same as <see cref="Meet"/>, where the tree takes work to make.</summary>
    public void MeetAt(long size, Func<TreeState> tree)
    {
        if (NextSize == size) Meet(tree());
    }

    /// <summary>Compares the tree with the checkpoint of its size, if there is one.</summary>
    /// <exception cref="LedgerFaultException">That checkpoint is not genuine, or not of this tree.</exception>
    public void Meet(TreeState tree)
    {
        while (_next.TryPeek(out var signed) && signed.Size <= tree.Size)
        {
            Check(signed, tree);
            _next.Dequeue();
            (Count, Vouched) = (Count + 1, tree.Size);
            if (_next.Count == 0) Guarded(_configuration!, () => Load(_configuration!));
        }
    }

    /// <summary>The ledger ends here: was more signed, or could not all be read?</summary>
    public void End(long size)
    {
        if (size < Newest) throw new LedgerFaultException(size, $"It is missing, as is every later one; a checkpoint of {Newest} events was signed.");
        if (_unreadable is not null) throw new LedgerFaultException(null, $"The checkpoints cannot be read: {_unreadable}.");
    }

    private void Check(Signed signed, TreeState tree)
    {
        if (signed.Problem is not null) throw new LedgerFaultException(null, $"The checkpoint of {signed.Size} events is not genuine: {signed.Problem}.");
        if (signed.Root == tree.Root()) return;
        throw new LedgerFaultException(new LedgerFault(Vouched, tree.Size - 1,
            $"The signed checkpoint of {signed.Size} events has another tree: one of these events, or several, are not those that were signed."));
    }

    private void Guarded(Database configuration, Action read)
    {
        try
        {
            read();
        }
        catch (StorageCorruptException problem)
        {
            _unreadable = problem.Message;
        }
        catch (StorageUnavailableException problem) when (configuration.ErrorCode == NativeSqlite.GenericError)
        {
            // The statements here are right: when SQLite does not understand one, the tables are not what they were.
            _unreadable = problem.Message;
        }
    }

    private void Load(Database configuration)
    {
        var notes = new List<SignedCheckpoint>();
        using (var select = configuration.Prepare("SELECT size, note FROM checkpoints WHERE ledger=?1 AND size>?2 AND size<=?3 ORDER BY size LIMIT ?4"))
        {
            select.Bind(1, _ledger).Bind(2, _loaded).Bind(3, Newest).Bind(4, (long)AtOnce);
            while (select.Step()) notes.Add(new SignedCheckpoint(select.Long(0), select.Text(1)));
        }

        if (notes.Count > 0) _loaded = notes[^1].Size;
        foreach (var signed in notes.AsParallel().AsOrdered().Select(Open)) _next.Enqueue(signed);
    }

    private Signed Open(SignedCheckpoint stored)
    {
        if (Key is null) return new Signed(stored.Size, default, "the ledger's key is missing");
        var opened = Checkpoint.Open(stored.Note, Key, out var problem);
        if (opened is not null && opened.Size != stored.Size) problem = $"it speaks of {opened.Size}";
        return new Signed(stored.Size, opened?.Root ?? default, problem);
    }

    private static void RequireWhole(Database configuration)
    {
        using var check = configuration.Prepare("PRAGMA quick_check(checkpoints)");
        if (!check.Step() || check.Text(0) != "ok") throw new StorageCorruptException(check.Text(0).ReplaceLineEndings(" "));
        using var stray = configuration.Prepare("SELECT count(*) FROM checkpoints WHERE ledger NOT IN (?1, ?2)");
        if (stray.Bind(1, LedgerIdentities.MainLedger).Bind(2, TenantNames.Sluice).Step() && stray.Long(0) > 0) throw new StorageCorruptException("some are of a ledger that there is not");
    }

    private VerifierKey? ReadKey(Database configuration)
    {
        using var select = configuration.Prepare("SELECT origin, public_key FROM ledgers WHERE name=?1");
        if (!select.Bind(1, _ledger).Step()) return null;
        try
        {
            return new VerifierKey(select.Text(0), select.Blob(1));
        }
        catch (ArgumentException problem)
        {
            throw new StorageCorruptException($"the key of the ledger is none: {problem.Message}", problem);
        }
    }

    private long ReadNewest(Database configuration)
    {
        using var select = configuration.Prepare("SELECT max(size) FROM checkpoints WHERE ledger=?1");
        return select.Bind(1, _ledger).Step() ? select.LongOrNull(0) ?? -1 : -1;
    }

    private readonly record struct Signed(long Size, Digest Root, string? Problem);
}
