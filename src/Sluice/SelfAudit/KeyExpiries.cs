using Sluice.Events;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.SelfAudit;

/// <summary>Tells when a key's end has come.</summary>
public sealed class KeyExpiries(AccessDirectory directory, IConfigurationStore store, TimeProvider time) : IOwnTask
{
    private long? _toldThrough;

    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        var now = Timestamp.Now(time);
        var known = await directory.CurrentAsync(cancellation);
        _toldThrough ??= await store.WriteAsync(session => BeginAsync(session, now), cancellation);
        if (!known.Keys.Values.Any(key => key.ExpiresAt > _toldThrough && key.ExpiresAt <= now)) return;
        _toldThrough = await store.WriteAsync(session => TellAsync(session, now), cancellation);
    }

    /// <summary>What ended before Sluice began to tell of it is history.</summary>
    private static async ValueTask<long> BeginAsync(IConfigurationSession session, long now)
    {
        if (await OwnMarks.ReadAsync(session, OwnMarks.Expired) is { } told) return told;
        await OwnMarks.WriteAsync(session, OwnMarks.Expired, now);
        return now;
    }

    private static async ValueTask<long> TellAsync(IConfigurationSession session, long now)
    {
        var through = await OwnMarks.ReadAsync(session, OwnMarks.Expired) ?? 0;
        var expired = (await AccessKeyTable.AllAsync(session)).Values.Where(key => key.ExpiresAt > through && key.ExpiresAt <= now).ToList();
        foreach (var key in expired) await OwnEventTable.AddAsync(session, Told(key));
        if (expired.Count > 0) await OwnMarks.WriteAsync(session, OwnMarks.Expired, through = expired.Max(key => key.ExpiresAt!.Value));
        return through;
    }

    private static OwnEvent Told(AccessKey key) => new(OwnActions.KeyExpired, key.ExpiresAt!.Value)
    {
        Id = $"sluice-expired-{key.Id}-{key.ExpiresAt}",
        Resource = AccessFacts.ResourceOf(key),
        TenantId = key.TenantId,
        Metadata = new() { ["expires_at"] = Timestamp.Text(key.ExpiresAt.Value) },
    };
}
