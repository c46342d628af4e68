using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>
/// The stored checkpoints of one ledger, met in order of size by a tree that grows. Made before the ledger is read: the ledger of a running
/// server then holds at least what the newest one says.
/// </summary>
internal sealed class CheckpointTrail
{
    private const int AtOnce = 256;

    private readonly IStoredCheckpoints _stored;
    private readonly Queue<Signed> _next = new();
    private string? _unreadable;
    private long _loaded;

    /// <param name="met">A size up to which the checkpoints held before: the tree does not grow through those again. -1 for all.</param>
    public CheckpointTrail(IStoredCheckpoints stored, long met = -1)
    {
        (_stored, _loaded, Vouched) = (stored, met, Math.Max(0, met));
        Guarded(() =>
        {
            stored.RequireWhole();
            (Key, Newest) = (stored.ReadKey(), stored.ReadNewest());
            Load();
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
            if (_next.Count == 0) Guarded(Load);
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

    private void Guarded(Action read)
    {
        try
        {
            read();
        }
        catch (StorageCorruptException problem)
        {
            _unreadable = problem.Message;
        }
    }

    private void Load()
    {
        var notes = _stored.Read(_loaded, Newest, AtOnce);
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

    private readonly record struct Signed(long Size, Digest Root, string? Problem);
}
