namespace Sluice.SelfAudit;

/// <summary>The actions of Sluice's own events. Each has its line in <see cref="Events.EventTypeCatalogue"/>; an event without one cannot be made.</summary>
public static class OwnActions
{
    public const string Call = "sluice.api.call", Denied = "sluice.api.denied", IngestCalls = "sluice.api.ingest", AnonymousCalls = "sluice.api.anonymous";
    public const string Lost = "sluice.audit.lost";

    public const string KeyCreated = "sluice.key.created", KeyRotated = "sluice.key.rotated", KeyRevoked = "sluice.key.revoked", KeyExpired = "sluice.key.expired";
    public const string SessionStarted = "sluice.session.started", SessionEnded = "sluice.session.ended", SessionExpired = "sluice.session.expired";
    public const string AccountCreated = "sluice.account.created", AccountUpdated = "sluice.account.updated", AccountDeleted = "sluice.account.deleted";
    public const string TenantUpdated = "sluice.tenant.updated", TenantForgotten = "sluice.tenant.forgotten";
    public const string RetentionUpdated = "sluice.retention.updated";

    public const string DestinationCreated = "sluice.destination.created", DestinationUpdated = "sluice.destination.updated";
    public const string DestinationEnabled = "sluice.destination.enabled", DestinationDisabled = "sluice.destination.disabled";
    public const string DestinationDeleted = "sluice.destination.deleted", DestinationResumed = "sluice.destination.resumed";
    public const string DestinationDegraded = "sluice.destination.degraded", DestinationFailed = "sluice.destination.failed", DestinationRecovered = "sluice.destination.recovered";
    public const string ReplayStarted = "sluice.replay.started", ReplayStopped = "sluice.replay.stopped";
    public const string DeadLetterRemoved = "sluice.dead_letter.removed";

    public const string CertificateExpired = "sluice.certificate.expired";
    public const string CheckpointSigned = "sluice.checkpoint.signed";
    public const string SelfCheckStarted = "sluice.self_check.started", SelfCheckPassed = "sluice.self_check.passed", SelfCheckFailed = "sluice.self_check.failed";
    public const string DenialBurst = "sluice.security.denial_burst", DormantKey = "sluice.security.dormant_key", DistantNetworks = "sluice.security.distant_networks";
}
