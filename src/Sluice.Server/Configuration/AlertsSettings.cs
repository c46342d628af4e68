using Sluice.Destinations.Webhook;
using Sluice.Secrets;
using Endpoint = Sluice.Destinations.Http.Endpoint;

namespace Sluice.Server.Configuration;

/// <summary>Who is told when a destination is in trouble.</summary>
internal sealed record AlertsSettings
{
    /// <summary>Where alerts are posted, <c>https://</c> or <c>http://</c>. Default none: nobody is told.</summary>
    public Endpoint? Webhook { get; init; }

    /// <summary>Signs alerts as webhook destinations sign; behind <c>whsec_</c> it is base64. Default none: not signed.</summary>
    public Secret? Secret { get; init; }

    /// <summary>How long a destination is degraded before that is told: 10 s to 7 d. Default 5 min.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(5);

    internal static AlertsSettings From(SettingsReader reader)
    {
        var standard = new AlertsSettings();
        var (webhook, secret) = (WebhookFrom(reader), SecretFrom(reader));
        if (secret is not null && webhook is null) throw new SettingException("Sluice:Alerts:Secret", null, "It signs what goes to Sluice:Alerts:Webhook. Set that too, or leave it out.");
        return new AlertsSettings
        {
            Webhook = webhook,
            Secret = secret,
            After = reader.Duration("Alerts:After", standard.After, least: TimeSpan.FromSeconds(10), most: TimeSpan.FromDays(7)),
        };
    }

    /// <summary>It may hold a token, so no error shows it.</summary>
    private static Endpoint? WebhookFrom(SettingsReader reader)
    {
        if (reader.Text("Alerts:Webhook") is not { } text) return null;
        try
        {
            return Endpoint.Parse(text);
        }
        catch (FormatException)
        {
            throw new SettingException("Sluice:Alerts:Webhook", null, "Use an https:// or http:// URL without a fragment, for example https://alerts.example.com/sluice.");
        }
    }

    private static Secret? SecretFrom(SettingsReader reader)
    {
        if (reader.Text("Alerts:Secret") is not { } text) return null;
        var secret = new Secret(text);
        return AlertWebhook.CanSignWith(secret) ? secret : throw new SettingException("Sluice:Alerts:Secret", null, "Behind whsec_ it must be base64. Make one with: openssl rand -hex 32");
    }
}
