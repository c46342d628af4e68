using System.Globalization;

namespace Sluice.Events;

/// <summary>How people call the event types that senders use. English is the name in words; German is said for each.</summary>
internal static class EventTypeLabels
{
    private static readonly Dictionary<string, string> InGerman = new(StringComparer.Ordinal)
    {
        ["user.login"] = "Benutzer angemeldet",
        ["user.login_failed"] = "Anmeldung fehlgeschlagen",
        ["user.logout"] = "Benutzer abgemeldet",
        ["sso.assertion"] = "SSO-Bestätigung",
        ["session.expire"] = "Sitzung abgelaufen",
        ["session.create"] = "Sitzung erstellt",
        ["user.mfa.verify"] = "Zweiter Faktor geprüft",
        ["user.password.change"] = "Passwort geändert",
        ["user.password.reset"] = "Passwort zurückgesetzt",
        ["api_key.create"] = "API-Schlüssel erstellt",
        ["api_key.revoke"] = "API-Schlüssel widerrufen",
        ["api_key.rotate"] = "API-Schlüssel rotiert",
        ["api_key.use"] = "API-Schlüssel benutzt",
        ["api.authenticate"] = "API-Authentifizierung",
        ["machine_account.create"] = "Maschinenkonto erstellt",
        ["machine_account.delete"] = "Maschinenkonto gelöscht",
        ["machine.token.exchange"] = "Maschinen-Token getauscht",
        ["token.exchange"] = "Token getauscht",
        ["ip_allow_list.enforce"] = "IP-Freigabeliste angewendet",
        ["certificate.issue"] = "Zertifikat ausgestellt",
        ["certificate.renew"] = "Zertifikat erneuert",
        ["certificate.revoke"] = "Zertifikat widerrufen",
        ["certificate.expire"] = "Zertifikat abgelaufen",
        ["certificate.download"] = "Zertifikat heruntergeladen",
        ["ca.create"] = "Zertifizierungsstelle erstellt",
        ["ca.revoke"] = "Zertifizierungsstelle widerrufen",
        ["ca.update"] = "Zertifizierungsstelle geändert",
        ["policy.change"] = "Richtlinie geändert",
        ["policy.create"] = "Richtlinie erstellt",
        ["policy.delete"] = "Richtlinie gelöscht",
        ["policy.update"] = "Richtlinie aktualisiert",
        ["key.create"] = "Schlüssel erzeugt",
        ["key.destroy"] = "Schlüssel vernichtet",
        ["key.rotate"] = "Schlüssel rotiert",
        ["scan.run"] = "Suchlauf gestartet",
        ["scan.complete"] = "Suchlauf abgeschlossen",
        ["certificate.discover"] = "Zertifikat gefunden",
        ["inventory.change"] = "Bestand geändert",
        ["certificate.install"] = "Zertifikat installiert",
        ["bridge.job.dispatch"] = "Bridge-Auftrag vergeben",
        ["bridge.job.complete"] = "Bridge-Auftrag abgeschlossen",
        ["bridge.job.fail"] = "Bridge-Auftrag fehlgeschlagen",
        ["user.create"] = "Benutzer erstellt",
        ["user.deactivate"] = "Benutzer deaktiviert",
        ["user.update"] = "Benutzer geändert",
        ["user.delete"] = "Benutzer gelöscht",
        ["role.assign"] = "Rolle zugewiesen",
        ["role.unassign"] = "Rolle entzogen",
        ["role.create"] = "Rolle erstellt",
        ["group.add_member"] = "Gruppenmitglied hinzugefügt",
        ["group.remove_member"] = "Gruppenmitglied entfernt",
        ["group.create"] = "Gruppe erstellt",
        ["account.configure"] = "Konto konfiguriert",
        ["tenant.member.add"] = "Mandantenmitglied hinzugefügt",
        ["tenant.member.remove"] = "Mandantenmitglied entfernt",
        ["permission.deny"] = "Berechtigung verweigert",
        ["ip_allow_list.violate"] = "IP-Freigabeliste verletzt",
        ["access.anomaly"] = "Auffälliger Zugriff",
    };

    public static string English(string name)
    {
        var words = name.Replace('.', ' ').Replace('_', ' ');
        return char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
    }

    public static string German(string name) => InGerman[name];
}
