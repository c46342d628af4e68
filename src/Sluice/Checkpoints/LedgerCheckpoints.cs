using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;

namespace Sluice.Checkpoints;

/// <summary>
/// Signs the checkpoints of one ledger: soon after every commit, and never two roots for one size. Every node does: the tree is the ledger's and the
/// signature has no chance in it, so two nodes make the same note of the same size. Each takes up what another one stored, and leaves the next to it.
/// </summary>
internal sealed partial class LedgerCheckpoints(ILedgerStore ledger, LedgerIdentity identity, CheckpointStore store, TimeProvider time, ILogger logger)
{
    /// <summary>While events keep coming, one checkpoint in this time; the contract promises one within a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>So often in a row another node's checkpoint will do; then this node signs itself what others may not have seen.</summary>
    private const int MostLeft = 2;

    private TaskCompletionSource _signed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SignedCheckpoint? _latest;
    private long _signedAt;
    private int _left;

    public string Ledger => ledger.Name;

    /// <summary>When the newest checkpoint was signed, or found at the start.</summary>
    public long SignedAt => Volatile.Read(ref _signedAt);

    /// <summary>Events that the newest checkpoint does not speak of.</summary>
    public long Unsigned => Math.Max(0, ledger.Size - (Volatile.Read(ref _latest)?.Size ?? 0));

    /// <summary>Takes up where the last process stopped. What it signed must still be true.</summary>
    /// <exception cref="StorageCorruptException">The ledger does not hold what a checkpoint says it held.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var latest = await store.LatestAsync(ledger.Name, cancellation);
        if (latest is not null) await CheckAsync(latest, cancellation);
        (_latest, _signedAt) = (latest, Timestamp.Now(time));
        await SignAsync(cancellation);
    }

    public async ValueTask<SignedCheckpoint> LatestAsync(long atLeastSize, CancellationToken cancellation)
    {
        while (true)
        {
            var signed = Volatile.Read(ref _signed);
            if (Volatile.Read(ref _latest) is { } latest && latest.Size >= atLeastSize) return latest;
            await signed.Task.WaitAsync(cancellation);
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await ledger.WaitForMoreThanAsync(_latest!.Size, stopping);
            var wait = await TrySignAsync(stopping) ? Pause : RetryAfter;
            await Task.Delay(wait, time, stopping);
        }
    }

    /// <summary>The last word of a server that stops: everything committed is signed.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (_latest?.Size < ledger.Size) await TrySignAsync(cancellation);
    }

    private async ValueTask<bool> TrySignAsync(CancellationToken cancellation)
    {
        try
        {
            if (!await AdoptAsync(cancellation) || ++_left > MostLeft) await SignAsync(cancellation);
            return true;
        }
        catch (StorageUnavailableException problem)
        {
            Log.NotStored(logger, ledger.Name, problem.Message);
            return false;
        }
    }

    /// <returns>False when no other node has stored a newer one.</returns>
    private async ValueTask<bool> AdoptAsync(CancellationToken cancellation)
    {
        if (await store.LatestAsync(ledger.Name, cancellation) is not { } stored || stored.Size <= _latest?.Size) return false;
        // One that speaks of events which this node has not read yet could not be proven here.
        if (stored.Size > ledger.Size) return true;
        if (Checkpoint.Open(stored.Note, identity.Key, out var problem) is not { } checkpoint) throw Unverified(problem);
        var tree = ledger.Tree();
        if (tree.Size == stored.Size && tree.Root() != checkpoint.Root) throw OtherTree(stored.Size);
        Show(stored);
        return true;
    }

    private async ValueTask SignAsync(CancellationToken cancellation)
    {
        _left = 0;
        var tree = ledger.Tree();
        if (tree.Size <= _latest?.Size) return;
        var note = new Checkpoint(identity.Origin, tree.Size, tree.Root()).Sign(identity);
        var checkpoint = new SignedCheckpoint(tree.Size, note);
        if (await store.AddAsync(ledger.Name, checkpoint, Timestamp.Now(time), cancellation) != note)
            throw OtherTree(tree.Size);
        Show(checkpoint);
    }

    private void Show(SignedCheckpoint checkpoint)
    {
        Volatile.Write(ref _signedAt, Timestamp.Now(time));
        Volatile.Write(ref _latest, checkpoint);
        Interlocked.Exchange(ref _signed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private StorageCorruptException Unverified(string? problem) =>
        new($"The last checkpoint of ledger {ledger.Name} does not verify: {problem}. Run 'sluice verify' on the data folder.");

    private StorageCorruptException OtherTree(long size) =>
        new($"Ledger {ledger.Name} does not have the tree that was signed at size {size}. Nothing more is signed; find out which node's ledger is right with 'sluice verify'.");

    private async Task CheckAsync(SignedCheckpoint latest, CancellationToken cancellation)
    {
        if (Checkpoint.Open(latest.Note, identity.Key, out var problem) is not { } checkpoint)
            throw Unverified(problem);
        await ledger.CatchUpAsync(cancellation);   // another node may have committed and signed what this one has not read yet
        if (checkpoint.Size > ledger.Size)
            throw new StorageCorruptException($"Ledger {ledger.Name} holds {ledger.Size} events, but a checkpoint of {checkpoint.Size} was signed: events are lost. Restore the data folder from a backup, or run 'sluice verify' on it.");
        var root = await TreeRoot.OfAsync(ledger, checkpoint.Size, cancellation);
        if (root != checkpoint.Root)
            throw new StorageCorruptException($"Ledger {ledger.Name} no longer has the tree that was signed at size {checkpoint.Size}. Run 'sluice verify' on the data folder.");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A checkpoint of ledger {Ledger} cannot be stored now, and is tried again: {Problem}")]
        public static partial void NotStored(ILogger logger, string ledger, string problem);
    }
}
