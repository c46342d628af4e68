using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>When each key was last used: known at once on this node, and written down every minute and at the end.</summary>
public sealed class KeyUse(IConfigurationStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _seen = new();
    private readonly ConcurrentDictionary<string, long> _unwritten = new();

    /// <summary>It is used now.</summary>
    /// <returns>When it was used before, as far as this node knows; null for never.</returns>
    public long? Touch(AccessKey key)
    {
        var (now, before) = (Timestamp.Now(time), Of(key));
        _seen[key.Id] = now;
        _unwritten[key.Id] = now;
        return before;
    }

    public long? Of(AccessKey key) => _seen.TryGetValue(key.Id, out var at) ? Math.Max(at, key.LastUsedAt ?? 0) : key.LastUsedAt;

    /// <summary>Writes down what was not written yet. What fails is tried again with the next.</summary>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        var uses = _unwritten.ToArray();
        if (uses.Length == 0) return;
        try
        {
            await store.WriteRelaxedAsync(async session =>
            {
                foreach (var (id, at) in uses) await AccessKeyTable.UsedAsync(session, id, at);
                return true;
            }, cancellation);
            foreach (var use in uses) _unwritten.TryRemove(use);
        }
        catch (StorageUnavailableException)
        {
            // It is only a time; the requests themselves are in the audit log.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WriteEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The last write is StopAsync's.
        }
    }
}
