using Sluice.SelfAudit;

namespace Sluice.Events;

/// <summary>An event type as it is documented.</summary>
/// <param name="IsOwn">Sluice raises it itself, in its own ledger.</param>
/// <param name="Description">What has happened when there is one; empty where the name says it.</param>
public sealed record EventType(string Name, string Category, string English, string German, string Description, bool IsOwn);

/// <summary>Every event type that Sluice knows: those of <see cref="ActionCatalogue"/>, which senders use, and its own.</summary>
public static class EventTypeCatalogue
{
    private const string Administration = "administration", Machine = "machine_account", Security = "security";

    /// <summary>What Sluice itself raises.</summary>
    public static IReadOnlyList<EventType> Own { get; } =
    [
        Mine(OwnActions.Call, Machine, "API call", "API-Aufruf", "A call of the API, allowed, with whatever answer."),
        Mine(OwnActions.Denied, Security, "API call denied", "API-Aufruf abgelehnt", "A call that was answered 401 or 403: no key, a wrong or expired one, a wrong network, role or tenant."),
        Mine(OwnActions.IngestCalls, Machine, "Events received", "Ereignisse empfangen", "All successful ingest calls of a key within a second, with `metadata.calls`, `metadata.events` and `metadata.rejected`."),
        Mine(OwnActions.AnonymousCalls, Security, "Calls without a key", "Aufrufe ohne Schlüssel", "What an address called without a valid key beyond ten calls in a second, with `metadata.calls`."),
        Mine(OwnActions.Lost, Security, "Audit records lost", "Audit-Einträge verloren", "So many calls could not be recorded, `metadata.count`: the ledger could not take them for too long."),
        Mine(OwnActions.KeyCreated, Machine, "Access key created", "Zugriffsschlüssel erstellt", "An access key was made."),
        Mine(OwnActions.KeyRotated, Machine, "Access key rotated", "Zugriffsschlüssel rotiert", "A key was followed by a new one, and ends after the overlap."),
        Mine(OwnActions.KeyRevoked, Machine, "Access key revoked", "Zugriffsschlüssel widerrufen", "An access key was revoked."),
        Mine(OwnActions.KeyExpired, Machine, "Access key expired", "Zugriffsschlüssel abgelaufen", "A key's `expires_at` was reached."),
        Mine(OwnActions.SessionStarted, "authentication", "Session started", "Sitzung begonnen", "A browser signed in to the console, with a key or through a provider: `metadata.kind`."),
        Mine(OwnActions.SessionEnded, "authentication", "Session ended", "Sitzung beendet", "Somebody signed out."),
        Mine(OwnActions.SessionExpired, "authentication", "Session expired", "Sitzung abgelaufen", "A session's `metadata.expires_at` was reached."),
        Mine(OwnActions.AccountCreated, Administration, "Machine account created", "Maschinenkonto erstellt", "A machine account was made."),
        Mine(OwnActions.AccountUpdated, Administration, "Machine account changed", "Maschinenkonto geändert", "A machine account's name, role or networks were changed."),
        Mine(OwnActions.AccountDeleted, Administration, "Machine account deleted", "Maschinenkonto gelöscht", "A machine account was deleted, with its keys."),
        Mine(OwnActions.TenantUpdated, Administration, "Tenant changed", "Mandant geändert", "A tenant's name, parent, entitlements or limits were set."),
        Mine(OwnActions.TenantForgotten, Administration, "Tenant reset", "Mandant zurückgesetzt", "What was said of a tenant was taken back."),
        Mine(OwnActions.RetentionUpdated, Administration, "Retention changed", "Aufbewahrung geändert", "For how long events are kept was changed."),
        Mine(OwnActions.DestinationCreated, Administration, "Destination created", "Ziel erstellt", "A destination was set up."),
        Mine(OwnActions.DestinationUpdated, Administration, "Destination changed", "Ziel geändert", "A destination or one of its headers was changed; `metadata.members` names what was given."),
        Mine(OwnActions.DestinationEnabled, Administration, "Destination enabled", "Ziel aktiviert", "A destination was enabled."),
        Mine(OwnActions.DestinationDisabled, Administration, "Destination disabled", "Ziel deaktiviert", "A destination was disabled."),
        Mine(OwnActions.DestinationDeleted, Administration, "Destination deleted", "Ziel gelöscht", "A destination was deleted; what it had accepted is flushed for at most 30 s."),
        Mine(OwnActions.DestinationResumed, Administration, "Destination resumed", "Ziel fortgesetzt", "A failed destination was told to go on, from `metadata.from`."),
        Mine(OwnActions.DestinationDegraded, Administration, "Destination degraded", "Ziel gestört", "A delivery failed and is tried again."),
        Mine(OwnActions.DestinationFailed, Administration, "Destination failed", "Ziel ausgefallen", "A destination was given up: nothing is sent until it is updated or resumed."),
        Mine(OwnActions.DestinationRecovered, Administration, "Destination recovered", "Ziel wiederhergestellt", "A degraded destination takes events again."),
        Mine(OwnActions.ReplayStarted, Administration, "Replay started", "Wiederholung gestartet", "A range, a gap or dead letters are sent again."),
        Mine(OwnActions.ReplayStopped, Administration, "Replay stopped", "Wiederholung gestoppt", "A replay was stopped by a user."),
        Mine(OwnActions.DeadLetterRemoved, Administration, "Dead letter removed", "Unzustellbares Ereignis entfernt", "A refused event was forgotten."),
        Mine(OwnActions.CertificateExpired, "certificate_lifecycle", "Certificate expired", "Zertifikat abgelaufen", "The end has come that `metadata.not_after` of a `certificate.issue` or `certificate.renew` event declared. Only with the setting `Audit:CertificateExpiry`."),
        Mine(OwnActions.CheckpointSigned, Administration, "Checkpoint signed", "Prüfpunkt signiert", "The main ledger has grown and was signed: `metadata.size` and `metadata.root`. At most one an hour."),
        Mine(OwnActions.SelfCheckStarted, Administration, "Self-check started", "Selbstprüfung begonnen", "A node began to compare the ledgers with everything that was hashed and signed: by itself, or because the actor asked."),
        Mine(OwnActions.SelfCheckPassed, Administration, "Self-check passed", "Selbstprüfung bestanden", "All is as it was signed: `metadata.events` and `metadata.checkpoints` were compared."),
        Mine(OwnActions.SelfCheckFailed, Security, "Self-check failed", "Selbstprüfung gescheitert", "A ledger is not as it was signed: `metadata.problem`, from `metadata.first_sequence` on. See [what to do](operating.md#sluiceselfcheckfailed)."),
        Mine(OwnActions.DenialBurst, Security, "Burst of denials", "Häufung von Ablehnungen", "One key, or one address without a key, was denied many times in a short time."),
        Mine(OwnActions.DormantKey, Security, "Dormant key used", "Ruhender Schlüssel benutzt", "A key was used that had not been used for long."),
        Mine(OwnActions.DistantNetworks, Security, "Sign-ins from distant networks", "Anmeldungen aus entfernten Netzen", "An actor signed in from two networks within a short time."),
    ];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        .. Own.Concat(ActionCatalogue.ByCategory.SelectMany(category => category.Value, (category, name) => Theirs(name, category.Key))).OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, EventType> ByName = Own.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <returns>Null when Sluice raises no such event.</returns>
    public static EventType? FindOwn(string name) => ByName.GetValueOrDefault(name);

    private static EventType Mine(string name, string category, string english, string german, string description) => new(name, category, english, german, description, IsOwn: true);

    private static EventType Theirs(string name, string category) => new(name, category, EventTypeLabels.English(name), EventTypeLabels.German(name), "", IsOwn: false);
}
