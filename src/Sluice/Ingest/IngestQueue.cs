using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Ingest;

/// <summary>
/// Brings accepted batches to the ledger's one writer. While a group is being committed the next one gathers, so that one sync of the disk
/// serves every request that waits. What waits is bounded in bytes: a full queue says so at once.
/// </summary>
public sealed partial class IngestQueue : IAsyncDisposable
{
    /// <summary>
    /// Beyond this a commit is no cheaper per event, and larger groups march in step: everybody waits for one commit, then the disk for everybody's
    /// next request. Smaller ones let some requests be parsed while others are committed.
    /// </summary>
    private const int GroupEvents = 1_000;

    private const int GroupBytes = 16 << 20;

    private readonly ILedgerStore _ledger;
    private readonly IngestSettings _settings;
    private readonly ILogger<IngestQueue> _logger;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>();
    private readonly Task _committing;
    private string? _problem;
    private long _waitingBytes;

    public IngestQueue(ILedgerStore ledger, IngestSettings settings, ILogger<IngestQueue> logger)
    {
        (_ledger, _settings, _logger) = (ledger, settings, logger);
        _committing = Task.Run(CommitAsync);
    }

    /// <summary>Bytes of accepted events that wait for the disk.</summary>
    public long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    /// <summary>Hands a batch over; the task ends when its verdicts stand and every stored event is on the disk.</summary>
    /// <returns>False when the queue is full: nothing was taken.</returns>
    /// <remarks>The task fails as <see cref="ILedgerStore.AppendAsync"/> does. The batch belongs to the queue until it ends.</remarks>
    public bool TryEnqueue(AcceptedBatch batch, out Task committed)
    {
        var waiting = new Waiting(batch);
        committed = waiting.Task;
        if (Interlocked.Add(ref _waitingBytes, batch.Bytes) <= _settings.MaxQueuedBytes && _waiting.Writer.TryWrite(waiting)) return true;
        Interlocked.Add(ref _waitingBytes, -batch.Bytes);
        return false;
    }

    /// <summary>Commits what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _committing;
    }

    private async Task CommitAsync()
    {
        var group = new List<Waiting>();
        var batches = new List<AcceptedBatch>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            Gather(group, batches);
            await CommitGroupAsync(group, batches);
            group.Clear();
            batches.Clear();
        }
    }

    private void Gather(List<Waiting> group, List<AcceptedBatch> batches)
    {
        var (events, bytes) = (0, 0);
        while (events < GroupEvents && bytes < GroupBytes && _waiting.Reader.TryRead(out var waiting))
        {
            group.Add(waiting);
            batches.Add(waiting.Batch);
            events += waiting.Batch.Count;
            bytes += waiting.Batch.Bytes;
        }
    }

    private async Task CommitGroupAsync(List<Waiting> group, List<AcceptedBatch> batches)
    {
        Exception? failed = null;
        try
        {
            await _ledger.AppendAsync(batches, CancellationToken.None);
        }
        catch (Exception problem)
        {
            failed = problem;
        }

        Report(failed?.Message);
        foreach (var waiting in group) Answer(waiting, failed);
        if (failed is StorageUnavailableException) RefuseWhatWaits(failed);
    }

    /// <summary>Who waited behind a failed commit has waited long enough: trying each in turn would keep the last ones waiting for all the others' failures.</summary>
    private void RefuseWhatWaits(Exception failed)
    {
        for (var left = _waiting.Reader.Count; left > 0 && _waiting.Reader.TryRead(out var waiting); left--) Answer(waiting, failed);
    }

    private void Answer(Waiting waiting, Exception? failed)
    {
        Interlocked.Add(ref _waitingBytes, -waiting.Batch.Bytes);
        if (failed is null) waiting.SetResult();
        else waiting.SetException(failed);
    }

    /// <summary>Says when committing begins to fail and when it works again; a line for every refused request would help to fill a full disk.</summary>
    private void Report(string? problem)
    {
        if (problem == _problem) return;
        if (problem is not null) Log.NotCommitting(_logger, _ledger.Name, problem);
        else Log.CommittingAgain(_logger, _ledger.Name);
        _problem = problem;
    }

    private sealed class Waiting(AcceptedBatch batch) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public AcceptedBatch Batch { get; } = batch;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be committed to ledger {Ledger} now, and who sends events is told so: {Problem}")]
        public static partial void NotCommitting(ILogger logger, string ledger, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "Ledger {Ledger} takes events again.")]
        public static partial void CommittingAgain(ILogger logger, string ledger);
    }
}
