using Microsoft.Extensions.Hosting;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>Brings own events from the configuration's table to the ledger. Every node does: one that comes twice is stored once.</summary>
public sealed class OwnEventPump(IConfigurationStore store, OwnLedger ledger, TimeProvider time) : BackgroundService
{
    private const int AtOnce = 500;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Brings over what was committed before the call. What cannot be brought now is with the next.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            while (await MoveAsync(cancellation) == AtOnce) { }
        }
        catch (Exception problem) when (problem is StorageUnavailableException or StorageFullException)
        {
            // They stand in the table until they stand in the ledger.
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DrainAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do await DrainAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The last ones are StopAsync's.
        }
    }

    private async ValueTask<int> MoveAsync(CancellationToken cancellation)
    {
        var told = await store.ReadAsync(session => OwnEventTable.FirstAsync(session, AtOnce), cancellation);
        if (told.Count == 0) return 0;
        await ledger.AppendAsync([.. told.Select(one => one.Body)]);
        await store.WriteAsync(async session =>
        {
            await OwnEventTable.RemoveAsync(session, told.Select(one => one.Id));
            return true;
        }, cancellation);
        return told.Count;
    }
}
