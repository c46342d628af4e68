using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;

namespace Sluice.Checkpoints;

/// <summary>Signs the checkpoints of one ledger: soon after every commit, and never two roots for one size.</summary>
internal sealed partial class LedgerCheckpoints(ILedgerStore ledger, LedgerIdentity identity, CheckpointStore store, TimeProvider time, ILogger logger)
{
    /// <summary>While events keep coming, one checkpoint in this time; the contract promises one within a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private TaskCompletionSource _signed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SignedCheckpoint? _latest;
    private long _signedAt;

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
        if (latest is null || latest.Size < ledger.Size) await SignAsync(cancellation);
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
            await SignAsync(cancellation);
            return true;
        }
        catch (StorageUnavailableException problem)
        {
            Log.NotStored(logger, ledger.Name, problem.Message);
            return false;
        }
    }

    private async ValueTask SignAsync(CancellationToken cancellation)
    {
        var tree = ledger.Tree();
        var note = new Checkpoint(identity.Origin, tree.Size, tree.Root()).Sign(identity);
        var checkpoint = new SignedCheckpoint(tree.Size, note);
        var now = Timestamp.Now(time);
        await store.AddAsync(ledger.Name, checkpoint, now, cancellation);
        Volatile.Write(ref _signedAt, now);
        Volatile.Write(ref _latest, checkpoint);
        Interlocked.Exchange(ref _signed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async Task CheckAsync(SignedCheckpoint latest, CancellationToken cancellation)
    {
        if (Checkpoint.Open(latest.Note, identity.Key, out var problem) is not { } checkpoint)
            throw new StorageCorruptException($"The last checkpoint of ledger {ledger.Name} does not verify: {problem}. Run 'sluice verify' on the data folder.");
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
