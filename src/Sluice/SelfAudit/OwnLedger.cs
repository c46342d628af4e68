using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Ingest;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.SelfAudit;

/// <summary>
/// The way of Sluice's own events into their ledger. Whoever raises one does not wait for the disk: events are written in groups, by the code that writes
/// everybody's. What waits is bounded; beyond that callers wait a moment, and what then still finds no room is counted and told of. Stopping writes what waits.
/// </summary>
public sealed partial class OwnLedger(IngestQueue queue, TimeProvider time, ILogger<OwnLedger> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>Events that wait at most; each has a few KiB.</summary>
    public const int MostWaiting = 8_192;

    private const int GroupEvents = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFlush = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly Channel<Entry> _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Ingestor _ingestor = new(queue, time);
    private readonly EventScope _scope = new(TenantNames.Sluice);
    private readonly CancellationTokenSource _givingUp = new();
    private readonly SemaphoreSlim _hurry = new(0);
    private Task _writing = Task.CompletedTask;
    private bool _fails;
    private long _lost, _lostEver;
    private bool _isDisposed;

    /// <summary>Events that found no room and were not told of yet.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>The same since the start, told of or not.</summary>
    public long LostEver => Interlocked.Read(ref _lostEver);

    /// <summary>Events that wait to be written.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Hands an event over. It ends at once unless the ledger is behind.</summary>
    public ValueTask RecordAsync(OwnEvent told)
    {
        var entry = new Entry(told.Spelled(), null);
        return _waiting.Writer.TryWrite(entry) ? ValueTask.CompletedTask : RecordLateAsync(entry);
    }

    /// <summary>Writes at once what was handed over before, and waits for it a second at most.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation = default)
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.Writer.TryWrite(new Entry(null, flushed))) return;
        _hurry.Release();
        try
        {
            await flushed.Task.WaitAsync(LongestFlush, cancellation);
        }
        catch (TimeoutException)
        {
            // The ledger cannot take them now; they follow.
        }
    }

    /// <summary>Appends now, past the queue. An event that is there already stays as it is.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was stored, or it is not known whether it was; the same again is safe.</exception>
    internal async ValueTask AppendAsync(IReadOnlyList<byte[]> bodies)
    {
        using var request = _ingestor.Parse(Lines(bodies), lines: true, _scope);
        foreach (var rejected in request.Rejected) Log.Refused(logger, rejected.Id, rejected.Message);
        while (!await _ingestor.TryAppendAsync(request)) await Task.Delay(TryAgainAfter, _givingUp.Token);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        _hurry.Release();
        _givingUp.CancelAfter(LongestStop);
        await _writing;
        if (Lost > 0) Log.LostAtTheEnd(logger, Lost);
    }

    /// <summary>Without a stop before it, what waits is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        _waiting.Writer.TryComplete();
        await _givingUp.CancelAsync();
        _hurry.Release();
        await _writing;
        await queue.DisposeAsync();
        _hurry.Dispose();
        _givingUp.Dispose();
    }

    private async ValueTask RecordLateAsync(Entry entry)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await _waiting.Writer.WriteAsync(entry, patience.Token);
        }
        catch (Exception refused) when (refused is OperationCanceledException or ChannelClosedException)
        {
            Interlocked.Increment(ref _lost);
            Interlocked.Increment(ref _lostEver);
        }
    }

    private async Task WriteAsync()
    {
        var group = new List<Entry>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            await _hurry.WaitAsync(Linger);
            while (group.Count < GroupEvents && _waiting.Reader.TryRead(out var entry)) group.Add(entry);
            await WriteAsync(group);
            foreach (var entry in group) entry.Flushed?.TrySetResult();
            group.Clear();
        }
    }

    private async Task WriteAsync(List<Entry> group)
    {
        var bodies = group.Where(entry => entry.Body is not null).Select(entry => entry.Body!).ToList();
        var lost = Interlocked.Exchange(ref _lost, 0);
        if (lost > 0) bodies.Add(Told(lost).Spelled());
        if (bodies.Count > 0 && !await TryUntilWrittenAsync(bodies)) Interlocked.Add(ref _lost, lost + bodies.Count - (lost > 0 ? 1 : 0));
    }

    /// <returns>False when the server stops before the ledger takes them.</returns>
    private async Task<bool> TryUntilWrittenAsync(List<byte[]> bodies)
    {
        while (true)
        {
            try
            {
                await AppendAsync(bodies);
                _fails = false;
                return true;
            }
            catch (Exception problem)
            {
                if (!_fails) Log.NotWritten(logger, problem.Message);
                _fails = true;
            }

            try
            {
                await Task.Delay(TryAgainAfter, _givingUp.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private OwnEvent Told(long lost) => new(OwnActions.Lost, Timestamp.Now(time))
    {
        Outcome = OwnEvent.Failure,
        Resource = new OwnResource("ledger", TenantNames.Sluice),
        Metadata = new() { ["count"] = lost },
    };

    private static byte[] Lines(IReadOnlyList<byte[]> bodies)
    {
        var lines = new byte[bodies.Sum(body => body.Length + 1)];
        var at = 0;
        foreach (var body in bodies)
        {
            body.CopyTo(lines, at);
            at += body.Length;
            lines[at++] = (byte)'\n';
        }

        return lines;
    }

    /// <param name="Flushed">Ends when everything before it is written.</param>
    private sealed record Entry(byte[]? Body, TaskCompletionSource? Flushed);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Sluice's own events cannot be written now; they wait, and calls that find no room are counted: {Problem}")]
        public static partial void NotWritten(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "Sluice's own event {Id} was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string? id, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} of Sluice's own events could not be written before the server stopped.")]
        public static partial void LostAtTheEnd(ILogger logger, long count);
    }
}
