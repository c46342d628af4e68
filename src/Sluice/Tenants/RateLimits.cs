using System.Collections.Concurrent;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>How much may be asked for in each minute of the clock, over all nodes together; null for no limit.</summary>
public sealed record RateLimitSettings
{
    public RateLimit Key { get; init; } = new(null, null);

    public RateLimit Tenant { get; init; } = new(null, null);
}

public enum RateKind
{
    Requests,
    Events,
}

/// <summary>
/// Counts what keys and tenants ask for. Nodes that share a store lease parts of a minute's sum from it, a twentieth at a time, so that all of them together
/// never let through more than the limit; a node that cannot reach the store goes by its own count.
/// </summary>
/// <param name="shared">The store of several nodes; null when this one is alone.</param>
public sealed class RateLimits(AccessDirectory directory, RateLimitSettings settings, IConfigurationStore? shared)
{
    private const long NanosecondsOfMinute = 60_000_000_000;
    private const int LeasesOfMinute = 20;

    private readonly ConcurrentDictionary<(string Holder, RateKind Kind), RateWindow> _windows = new();

    /// <returns>Null when it may; otherwise the time after which it may be asked again. Then nothing is counted against the key.</returns>
    public async ValueTask<TimeSpan?> TryTakeAsync(Caller caller, RateKind kind, long amount, CancellationToken cancellation = default)
    {
        if (LimitOf(caller.TenantId, kind) is { } ofTenant && await TakeAsync($"tenant {caller.TenantId}", kind, amount, ofTenant, cancellation) is { } wait) return wait;
        return Amount(settings.Key, kind) is { } ofKey ? await TakeAsync(caller.RateHolder, kind, amount, ofKey, cancellation) : null;
    }

    private long? LimitOf(string? tenant, RateKind kind) =>
        tenant is null ? null : Amount(directory.Known?.RateLimitOf(tenant), kind) ?? Amount(settings.Tenant, kind);

    private static long? Amount(RateLimit? limit, RateKind kind) => kind == RateKind.Requests ? limit?.RequestsPerMinute : limit?.EventsPerMinute;

    private async ValueTask<TimeSpan?> TakeAsync(string holder, RateKind kind, long amount, long limit, CancellationToken cancellation)
    {
        var now = Timestamp.Now(directory.Time);
        var (minute, left) = (now / NanosecondsOfMinute, TimeSpan.FromTicks((NanosecondsOfMinute - now % NanosecondsOfMinute) / 100));
        var window = _windows.GetOrAdd((holder, kind), static _ => new RateWindow());
        var verdict = window.Take(minute, amount, shared is null ? limit : 0);
        while (verdict == RateVerdict.NeedsMore)
        {
            var leased = await LeaseAsync($"{holder} {kind}", minute, amount, limit, cancellation);
            verdict = leased > 0 ? window.Add(minute, leased, amount) : window.Close(minute, amount);
        }

        return verdict == RateVerdict.Taken ? null : left;
    }

    private async ValueTask<long> LeaseAsync(string name, long minute, long amount, long limit, CancellationToken cancellation)
    {
        var usual = Math.Max(amount, limit / LeasesOfMinute);
        try
        {
            foreach (var part in new[] { usual, amount }.Distinct())
            {
                if (part <= limit && await RateWindowTable.TryLeaseAsync(shared!, name, minute, part, limit, cancellation)) return part;
            }

            return 0;
        }
        catch (StorageUnavailableException)
        {
            // Limits protect; they are no reason to refuse what could be served.
            return usual;
        }
    }
}
