using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Server.SelfAudit;

/// <summary>Notices when a key is used that nobody had used for long: it may have been found.</summary>
internal sealed class DormantKeys(OwnLedger ledger, SelfAuditSettings settings, TimeProvider time)
{
    /// <param name="before">When it was used before; null for never, which counts from when it was made.</param>
    public ValueTask UsedAsync(HttpContext context, AccessKey key, long? before)
    {
        if (settings.DormantAfter == TimeSpan.Zero || key.CreatedAt == 0) return ValueTask.CompletedTask;
        var (now, last) = (Timestamp.Now(time), before ?? key.CreatedAt);
        return now - last < settings.DormantAfter.Ticks * 100 ? ValueTask.CompletedTask : ledger.RecordAsync(Told(context, key, last, now));
    }

    /// <summary>Its id is that of the pause: nodes that notice the same one tell of it once.</summary>
    private static OwnEvent Told(HttpContext context, AccessKey key, long last, long now) => new(OwnActions.DormantKey, now)
    {
        Id = $"sluice-dormant-{key.Id}-{last}",
        Actor = OwnActor.Of(key.Caller),
        Resource = new OwnResource("access_key", key.Id, key.Name),
        TenantId = key.TenantId,
        SourceIp = AddressText.Of(context.Connection.RemoteIpAddress),
        SessionId = SessionAuthentication.Of(context)?.Id,
        ApiKeyId = SessionAuthentication.Of(context) is null ? key.Id : null,
        RequestId = context.TraceIdentifier,
        Metadata = new JsonObject { ["last_used_at"] = Timestamp.Text(last), ["days"] = (now - last) / 86_400_000_000_000 },
    };
}
