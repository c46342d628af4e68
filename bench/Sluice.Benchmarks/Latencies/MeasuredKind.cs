using System.Security.Cryptography;
using System.Text.Json;
using Sluice.Benchmarks.Workload;
using Sluice.Emulators;
using Sluice.Emulators.Aws;
using Sluice.Emulators.Gcs;
using Sluice.Emulators.S3;

namespace Sluice.Benchmarks.Latencies;

/// <summary>A kind of destination in front of an emulator of its provider, which checks what it gets and answers at once.</summary>
/// <param name="Definition">What is posted to set it up.</param>
/// <param name="Longest">Seconds that it may take by design.</param>
internal sealed record MeasuredKind(string Name, string Provider, Dictionary<string, object> Definition, double Longest, IAsyncDisposable? Emulator = null)
{
    private const string Key = "AKIAIOSFODNN7EXAMPLE", Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Token = "token-of-no-secrecy", Email = "bench@p.iam.gserviceaccount.com";

    /// <summary>What a kind needs that sends at once.</summary>
    private const double AtOnce = 1;

    /// <summary>Splunk is asked every ten seconds what it has indexed, as it advises; 64 requests may wait for that, and what comes then waits for those.</summary>
    private const double AskedFor = 20 + AtOnce;

    /// <summary>Objects fill for a minute at most.</summary>
    private const double Filling = 60 + AtOnce;

    /// <summary>Providers that judge the age of events take the workload's for new.</summary>
    private static readonly DateTimeOffset Then = EventSource.TimeOf(0).AddHours(1);

    private static readonly RSA Account = RSA.Create(2_048);

    public static IReadOnlyList<Func<Task<MeasuredKind>>> Sending { get; } =
    [
        () => HttpAsync("webhook", _ => new Reply(200)),
        () => HttpAsync("splunk", new SplunkEmulator(Token) { Acknowledges = false }.Answer, ("token", Token)),
        async () => (await HttpAsync("splunk", new SplunkEmulator(Token).Answer, ("token", Token), ("acknowledge", true))) with { Name = "splunk, acknowledge", Longest = AskedFor },
        () => HttpAsync("datadog", new DatadogEmulator(Token, TimeProvider.System).Answer, ("token", Token)),
        () => HttpAsync("cloudwatch", CloudWatch().Answer, ("access_key_id", Key), ("secret_access_key", Secret), ("region", "eu-central-1")),
        () => HttpAsync("elastic", new ElasticEmulator($"ApiKey {Token}").Answer, ("token", Token)),
        () => HttpAsync("http", new GitLabReceiver("a-token-of-24-characters").Answer, ("verification_token", "a-token-of-24-characters")),
        GoogleCloudLoggingAsync,
        () => HttpAsync("otlp", new OtlpCollector(_ => false).Answer),
        SyslogAsync,
        () => Task.FromResult(new MeasuredKind("file", "file", new() { ["path"] = "latency.ndjson" }, AtOnce)),
        () => Task.FromResult(new MeasuredKind("stdout", "stdout", [], AtOnce)),
    ];

    /// <summary>Those that write objects.</summary>
    public static IReadOnlyList<Func<Task<MeasuredKind>>> Storing { get; } =
    [
        async () => (await HttpAsync("s3", new S3Emulator("audit-bucket", "us-east-1", Key, Secret).Answer, ("access_key_id", Key), ("secret_access_key", Secret), ("bucket", "audit-bucket"))) with { Longest = Filling },
        GcsAsync,
    ];

    private static async Task<MeasuredKind> HttpAsync(string provider, Func<Sluice.Emulators.ReceivedRequest, Reply> answer, params (string Name, object Value)[] members)
    {
        var receiver = await Sluice.Emulators.Receiver.StartAsync();
        receiver.Answer = answer;
        var definition = members.ToDictionary(member => member.Name, member => member.Value);
        definition["endpoint"] = receiver.Address.ToString().TrimEnd('/');
        return new MeasuredKind(provider, provider, definition, AtOnce, receiver);
    }

    private static CloudWatchEmulator CloudWatch()
    {
        var emulator = new CloudWatchEmulator(new AwsSignature(Key, Secret, "eu-central-1", "logs", TimeProvider.System), new StoppedClock(Then));
        emulator.Add("sluice", "sluice");
        return emulator;
    }

    private static async Task<MeasuredKind> GoogleCloudLoggingAsync()
    {
        var tokens = new GoogleTokens(Email, Account, "https://www.googleapis.com/auth/logging.write");
        var kind = await HttpAsync(
            "google_cloud_logging", new GoogleCloudLogging(tokens, () => Then, new HashSet<string>()).Answer,
            ("project_id", "bench-project-1"), ("client_email", Email), ("private_key", Account.ExportPkcs8PrivateKeyPem()));
        kind.Definition["token_uri"] = $"{kind.Definition["endpoint"]}{GoogleTokens.Path}";
        return kind;
    }

    private static async Task<MeasuredKind> GcsAsync()
    {
        var tokens = new GoogleTokens(Email, Account, "https://www.googleapis.com/auth/devstorage.read_write");
        var kind = await HttpAsync("gcs", new GcsEmulator("audit-bucket", tokens).Answer, ("bucket", "audit-bucket"));
        kind.Definition["credentials"] = JsonSerializer.Serialize(new
        {
            type = "service_account", project_id = "p", private_key = Account.ExportPkcs8PrivateKeyPem(), client_email = Email,
            token_uri = $"{kind.Definition["endpoint"]}{GcsEmulator.TokenPath}",
        });
        return kind with { Longest = Filling };
    }

    private static Task<MeasuredKind> SyslogAsync()
    {
        var receiver = new SyslogReceiver();
        return Task.FromResult(new MeasuredKind("syslog", "syslog", new() { ["endpoint"] = $"tcp://127.0.0.1:{receiver.Port}" }, AtOnce, receiver));
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
