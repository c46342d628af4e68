using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Nodes;
using Sluice.Verification;

namespace Sluice.SelfChecks;

/// <summary>Reads the instance's ledgers and compares everything with what was hashed and signed, as <c>sluice verify</c> does.</summary>
public delegate Task<FolderVerdict> InstanceVerification(IProgress<VerificationProgress> progress, VerificationPace pace, CancellationToken cancellation);

/// <summary>
/// Has the ledgers checked while the server runs: when a check is due, and when somebody asks. One node at a time does. A check that is interrupted by a
/// stop begins anew when a node runs again.
/// </summary>
public sealed partial class SelfChecker(SelfCheckSettings settings, INode node, SelfCheckStore store, InstanceVerification verify, TimeProvider time, ILogger<SelfChecker> logger) : BackgroundService
{
    /// <summary>So often a node looks whether a check is due, and what others found.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _wake = new(0);
    private SelfCheckRun? _begun;
    private SelfCheckState? _known;
    private bool _isCounting;
    private long _notBefore;

    /// <summary>What this node last heard; null before it heard anything.</summary>
    public SelfCheckState? Known => Volatile.Read(ref _known);

    /// <summary>When the next check is due; null when none is.</summary>
    public long? NextAt(SelfCheckState state) => settings.Interval > TimeSpan.Zero ? (state.Last?.EndedAt ?? state.Since) + (settings.Interval.Ticks * 100) : null;

    public async ValueTask<SelfCheckState> ReadAsync(CancellationToken cancellation = default)
    {
        var state = await store.ReadAsync(cancellation);
        Volatile.Write(ref _known, state);
        return state;
    }

    /// <summary>Begins a check now, on behalf of <see cref="SelfAudit.ChangeOrigin"/>; one that runs already will do.</summary>
    public async ValueTask<SelfCheckState> BeginAsync(CancellationToken cancellation)
    {
        await BeginAsync(_ => true, cancellation);
        return await ReadAsync(cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref _begun, null) is { } begun) await begun.AbandonAsync();
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await _wake.WaitAsync(Every, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
    }

    /// <summary>Runs what was begun, or what is due.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            if (!_isCounting) await store.BeginToCountAsync(cancellation);
            _isCounting = true;
            if (IsDue(await ReadAsync(cancellation))) await BeginAsync(IsDue, cancellation);
            if (Interlocked.Exchange(ref _begun, null) is { } begun) await RunAsync(begun, cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.Waits(logger, problem.Message);
        }
    }

    private bool IsDue(SelfCheckState state) => state.Running is null && NextAt(state) <= Timestamp.Now(time) && Timestamp.Now(time) >= _notBefore;

    private async ValueTask BeginAsync(Func<SelfCheckState, bool> isStillWanted, CancellationToken cancellation)
    {
        if (await node.TryTakeAsync("self-check", cancellation) is not { } hold) return;
        var at = Timestamp.Now(time);
        try
        {
            if (await store.BeginAsync(node.Self.Name, isStillWanted, SelfCheckEvents.Started(at, node.Self.Name), cancellation) is null)
            {
                await hold.ReleaseAsync();
                return;
            }
        }
        catch
        {
            await hold.ReleaseAsync();
            throw;
        }

        Volatile.Write(ref _begun, new SelfCheckRun(at, node.Self.Name, hold, store, verify, new VerificationPace(settings.BytesPerSecond, time), time));
        _wake.Release();
    }

    private async Task RunAsync(SelfCheckRun run, CancellationToken cancellation)
    {
        try
        {
            var (check, damaged) = await run.RunAsync(cancellation);
            Tell(check, damaged);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            _notBefore = Timestamp.Now(time) + (RetryAfter.Ticks * 100);
            Log.NotFinished(logger, problem.Message);
        }

        await ReadAsync(cancellation);
    }

    private void Tell(SelfCheck check, IReadOnlyList<string> damagedIndexes)
    {
        foreach (var path in damagedIndexes) Log.IndexDamaged(logger, path);
        foreach (var ledger in check.Ledgers)
        {
            if (ledger.Fault is { } fault) Log.Failed(logger, ledger.Ledger, fault.First, fault.Problem);
        }

        if (check.HasPassed) Log.Passed(logger, check.Ledgers.Sum(ledger => ledger.Size - ledger.First), check.Ledgers.Sum(ledger => ledger.Checkpoints));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The self-check found ledger {Ledger} changed or damaged, at event {First}: {Problem} Keep the data as it is, and follow docs/operating.md#sluiceselfcheckfailed.")]
        public static partial void Failed(ILogger logger, string ledger, long? first, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "The self-check found all as it was signed: {Events} events, {Checkpoints} checkpoints")]
        public static partial void Passed(ILogger logger, long events, int checkpoints);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The self-check found the index file {Path} damaged. No event is: delete it while no server runs, and the next start makes it again.")]
        public static partial void IndexDamaged(ILogger logger, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The self-check came to no end, and is tried again in ten minutes: {Problem}")]
        public static partial void NotFinished(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The self-check waits for the store: {Problem}")]
        public static partial void Waits(ILogger logger, string problem);
    }
}
