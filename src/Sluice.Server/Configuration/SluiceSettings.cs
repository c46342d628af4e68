using System.Net;
using Sluice.Delivery;
using Sluice.Ingest;
using Sluice.SelfAudit;
using Sluice.SelfChecks;
using Sluice.Server.Dialects.Veza;
using Sluice.Storage.Postgres;
using Sluice.Tenants;

namespace Sluice.Server.Configuration;

/// <summary>
/// Everything a user may set, under <c>Sluice</c> in <c>appsettings.json</c>, as <c>Sluice__…</c> in the environment, or as
/// <c>--Sluice:…=</c> on the command line; the later one wins. Read and checked once, at the start.
/// </summary>
internal sealed record SluiceSettings
{
    /// <summary>The folder that holds the ledger, the configuration and the keys. Default <c>./data</c>; made when absent.</summary>
    public required string Data { get; init; }

    /// <summary>PostgreSQL's connection string, when the data does not live in the data folder. Default none.</summary>
    public SecretText? Store { get; init; }

    /// <summary>The name under which the other nodes know this one: 1 to 63 letters, digits and <c>. _ -</c>. Default the machine's host name.</summary>
    public string NodeName { get; init; } = Environment.MachineName;

    /// <summary>Where to listen, separated by semicolons (setting <c>urls</c>, option <c>--urls</c>). Default <c>http://127.0.0.1:7600</c>.</summary>
    public string Urls { get; init; } = DefaultUrls;

    public LedgerSettings Ledger { get; init; } = new();

    public IngestSettings Ingest { get; init; } = new();

    public DeliverySettings Delivery { get; init; } = new();

    public AlertsSettings Alerts { get; init; } = new();

    public SecretsSettings Secrets { get; init; } = new();

    public SelfAuditSettings Audit { get; init; } = new();

    public SelfCheckSettings SelfCheck { get; init; } = new();

    public RateLimitSettings RateLimits { get; init; } = new();

    public ConsoleSettings Console { get; init; } = new();

    public ViewerSettings Viewer { get; init; } = new();

    public OidcSettings Oidc { get; init; } = new((OidcProviderSettings?)null);

    public VezaSettings Veza { get; init; } = new();

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: addresses or CIDR blocks. Default none.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Environment <c>SLUICE_ADMIN_KEY</c>: an instance admin key of 24 characters or more, valid while set, never stored. Default none.</summary>
    public SecretText? AdminKey { get; init; }

    public string KeyFile => Secrets.KeyFile ?? Path.Combine(Data, "keys");

    public const string DefaultUrls = "http://127.0.0.1:7600";

    private const string Root = "Sluice";

    /// <summary>Every setting there is below <c>Sluice</c>.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            var nothing = new ConfigurationBuilder().Build();
            var reader = new SettingsReader(nothing, Root);
            Read(reader, nothing);
            return reader.Known;
        }
    }

    public static SluiceSettings From(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration, Root);
        var settings = Read(reader, configuration);
        reader.RefuseUnknown();
        return settings;
    }

    private static SluiceSettings Read(SettingsReader reader, IConfiguration configuration)
    {
        var data = reader.FullPath("Data") ?? Path.GetFullPath("data");
        return new SluiceSettings
        {
            Store = StoreFrom(reader),
            NodeName = NodeNameFrom(reader),
            Data = data,
            Urls = ListenAddresses.Checked(configuration["urls"] ?? DefaultUrls),
            Ledger = LedgerSettings.From(reader),
            Ingest = IngestFrom(reader),
            Delivery = DeliveryFrom(reader) with { OutputFolder = Path.Combine(data, "out") },
            Alerts = AlertsSettings.From(reader),
            Secrets = SecretsSettings.From(reader),
            Audit = AuditFrom(reader),
            SelfCheck = SelfCheckSettingsReader.From(reader),
            RateLimits = new RateLimitSettings { Key = RateLimitFrom(reader, "Key"), Tenant = RateLimitFrom(reader, "Tenant") },
            Console = ConsoleSettings.From(reader),
            Viewer = ViewerSettings.From(reader),
            Oidc = OidcSettings.From(reader),
            Veza = VezaSettings.From(reader),
            TrustedProxies = reader.Networks("TrustedProxies"),
            AdminKey = AdminKeyFrom(configuration),
        };
    }

    /// <summary>It may hold a password, so no error shows it.</summary>
    private static SecretText? StoreFrom(SettingsReader reader) => reader.Text("Store") switch
    {
        null => null,
        var text when PostgresSource.IsUsable(text) => new SecretText(text),
        _ => throw new SettingException("Sluice:Store", null, "It is no connection string. Use Host=db.example.com;Database=sluice;Username=sluice;Password=…"),
    };

    private static string NodeNameFrom(SettingsReader reader)
    {
        const string name = "Node:Name";
        if (reader.Text(name) is not { } given) return Environment.MachineName;
        if (given.Length > 63 || !given.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')) throw reader.Wrong(name, "Use 1 to 63 letters, digits, '.', '_' and '-', for example audit-1.");
        return given;
    }

    private static IngestSettings IngestFrom(SettingsReader reader)
    {
        var standard = new IngestSettings();
        return new IngestSettings
        {
            MaxQueuedBytes = reader.Bytes("Ingest:MaxQueuedBytes", standard.MaxQueuedBytes, least: 1 << 20, most: 16L << 30),
            MaxBufferedBytes = reader.Bytes("Ingest:MaxBufferedBytes", standard.MaxBufferedBytes, least: 65L << 20, most: 64L << 30),
        };
    }

    private static DeliverySettings DeliveryFrom(SettingsReader reader)
    {
        var standard = new DeliverySettings();
        return new DeliverySettings
        {
            AllowPrivateEndpoints = reader.Flag("Delivery:AllowPrivateEndpoints", standard.AllowPrivateEndpoints),
            AllowedNetworks = reader.Networks("Delivery:AllowedNetworks"),
            AllowPlainHttp = reader.Flag("Delivery:AllowPlainHttp", standard.AllowPlainHttp),
            AllowChangefeeds = reader.Flag("Delivery:AllowChangefeeds", standard.AllowChangefeeds),
            GiveUpAfter = reader.Duration("Delivery:GiveUpAfter", standard.GiveUpAfter, least: TimeSpan.FromSeconds(1), most: TimeSpan.FromDays(90)),
            FillFor = reader.Duration("Delivery:FillFor", standard.FillFor, least: TimeSpan.Zero, most: TimeSpan.FromHours(1)),
            FirstRetryAfter = reader.Duration("Delivery:FirstRetryAfter", standard.FirstRetryAfter, least: TimeSpan.FromSeconds(1), most: TimeSpan.FromHours(1)),
            LongestRetryAfter = reader.Duration("Delivery:LongestRetryAfter", standard.LongestRetryAfter, least: TimeSpan.FromSeconds(1), most: TimeSpan.FromHours(1)),
        };
    }

    private static SelfAuditSettings AuditFrom(SettingsReader reader)
    {
        var standard = new SelfAuditSettings();
        return new SelfAuditSettings
        {
            Calls = reader.Flag("Audit:Calls", standard.Calls),
            CertificateExpiry = reader.Flag("Audit:CertificateExpiry", standard.CertificateExpiry),
            DenialBurst = reader.Whole("Audit:DenialBurst", 0, 1_000_000) ?? standard.DenialBurst,
            DenialWindow = reader.Duration("Audit:DenialWindow", standard.DenialWindow, least: TimeSpan.FromSeconds(1), most: TimeSpan.FromDays(1)),
            DormantAfter = reader.Duration("Audit:DormantAfter", standard.DormantAfter, least: TimeSpan.Zero, most: TimeSpan.FromDays(3650)),
            SignInDistance = reader.Duration("Audit:SignInDistance", standard.SignInDistance, least: TimeSpan.Zero, most: TimeSpan.FromDays(1)),
        };
    }

    private static RateLimit RateLimitFrom(SettingsReader reader, string holder) =>
        new(reader.Whole($"RateLimits:{holder}RequestsPerMinute", 1, long.MaxValue), reader.Whole($"RateLimits:{holder}EventsPerMinute", 1, long.MaxValue));

    private static SecretText? AdminKeyFrom(IConfiguration configuration)
    {
        const int shortest = 24;
        return configuration["SLUICE_ADMIN_KEY"] switch
        {
            null or "" => null,
            { Length: < shortest } => throw new SettingException("SLUICE_ADMIN_KEY", null, $"It must have {shortest} characters or more. Make one with: openssl rand -hex 24"),
            var key when key.Any(c => c is <= ' ' or > '~') => throw new SettingException("SLUICE_ADMIN_KEY", null, "It travels in an HTTP header: use printable ASCII without spaces."),
            var key => new SecretText(key),
        };
    }
}
