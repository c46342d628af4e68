using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Retention;

/// <summary>Drops what is older than the setting says, a segment at a time: at the start, when the setting changes, and every hour.</summary>
public sealed partial class RetentionKeeper(
    LedgerDirectory ledgers, RetentionSetting setting, CheckpointStore store, ICheckpointSource checkpoints, TimeProvider time, ILogger<RetentionKeeper> logger) : BackgroundService
{
    private const long Day = 86_400_000_000_000;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Between two segments, so that dropping a long past leaves the disk to others.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changed = new(0);

    /// <summary>The setting has changed: what is due by it goes soon.</summary>
    public void Wake() => _changed.Release();

    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                foreach (var ledger in new[] { ledgers.Main, ledgers.Sluice }) await DropDueAsync(ledger, stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
    }

    private async Task DropDueAsync(ILedgerStore ledger, CancellationToken stopping)
    {
        try
        {
            while (await DropOldestAsync(ledger, stopping)) await Task.Delay(Pause, time, stopping);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.NotDropped(logger, problem, ledger.Name);
        }
    }

    /// <returns>Whether something was dropped, so that more may be due.</returns>
    private async Task<bool> DropOldestAsync(ILedgerStore ledger, CancellationToken stopping)
    {
        if (await setting.ReadAsync(stopping) is not { } days) return false;
        var before = Timestamp.Now(time) - days * Day;
        if (!(await OldestEvent.PersistedAtAsync(ledger, stopping) < before)) return false;
        // Every checkpoint of a size up to here is stored now, so none that ends in the segment is overlooked.
        var size = ledger.Size;
        await checkpoints.LatestAsync(ledger.Name, size, stopping);
        if (await ledger.DropOldestAsync(before, await store.SizesAsync(ledger.Name, ledger.First, size, stopping), stopping) is not { } dropped) return false;
        Log.Dropped(logger, dropped.First, dropped.Last, ledger.Name, days);
        return true;
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var pause = new CancellationTokenSource(Every, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stopping);
        try
        {
            await _changed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // An hour has passed.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed events {First} to {Last} of ledger {Ledger}: all of them were kept for {Days} days.")]
        public static partial void Dropped(ILogger logger, long first, long last, string ledger, int days);

        [LoggerMessage(Level = LogLevel.Error, Message = "Retention cannot remove old events of ledger {Ledger} now; it tries again within the hour")]
        public static partial void NotDropped(ILogger logger, Exception problem, string ledger);
    }
}
