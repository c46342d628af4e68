using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Profiles;
using Sluice.Tests.Destinations.GoogleCloudLogging;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations;

/// <summary>Whatever a kind wraps around an event, inside are the very bytes of its profile: nothing is parsed and spelled again on the way.</summary>
public sealed class EnvelopeTests : IAsyncLifetime
{
    private const string Awkward =
        """{"id":"evt_0","timestamp":"2026-03-15T08:42:17.003000001Z","tenant_id":"t1","category":"access","action":"user.login","outcome":"success","actor":{"type":"user","id":"a\"b]c\\d"},"metadata":{"float":1.5,"large":1e+21,"list":[true,null,{}],"text":"tab\t, line\n, \u0001, ü, 😀, </script>"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private readonly TemporaryFolder _folder = new();
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, new() { AllowPrivateEndpoints = true, OutputFolder = _folder.Path });
        _streams.Ledger.Append(Awkward);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_http()
    {
        await SendAsync(new JsonObject { ["provider"] = "http", ["profile"] = "sluice", ["endpoint"] = _receiver.Address.ToString() });

        Assert.Equal(Spelled, Encoding.UTF8.GetString(_receiver.Requests.Single().Body));
    }

    [Fact]
    public async Task Of_google_cloud_logging()
    {
        var account = new LogWriter();
        _receiver.Answer = new Sluice.Emulators.GoogleCloudLogging(account.Tokens(_streams.Time.GetUtcNow), _streams.Time.GetUtcNow, new HashSet<string>()).Answer;

        await SendAsync(account.Settings(_receiver.Address.ToString()));

        using var body = JsonDocument.Parse(_receiver.Requests[^1].Body);
        Assert.Equal(Spelled, body.RootElement.GetProperty("entries")[0].GetProperty("jsonPayload").GetRawText());
    }

    [Fact]
    public async Task Of_otlp()
    {
        await SendAsync(new JsonObject { ["provider"] = "otlp", ["endpoint"] = _receiver.Address.ToString() });

        Assert.Equal(Spelled, OtlpCollector.BodyOf(OtlpCollector.Records(_receiver.Requests.Single().Body).Single()));
    }

    [Fact]
    public async Task Of_syslog()
    {
        await using var receiver = new SyslogReceiver();

        await SendAsync(new JsonObject { ["provider"] = "syslog", ["endpoint"] = $"tcp://127.0.0.1:{receiver.Port}" });
        await StreamHarness.UntilNowAsync(() => receiver.Messages.Count > 0);

        Assert.Equal(Spelled, receiver.Messages.Single().Split("] \uFEFF", 2)[1]);
    }

    [Fact]
    public async Task Of_a_file()
    {
        await SendAsync(new JsonObject { ["provider"] = "file", ["path"] = "audit.ndjson" });

        Assert.Equal(Spelled + "\n", File.ReadAllText(_folder.File("audit.ndjson")));
    }

    [Fact]
    public async Task Any_profile_in_a_file_and_over_syslog()
    {
        await using var receiver = new SyslogReceiver();
        foreach (var profile in ProfileCatalogue.All)
        {
            await SendAsync(new JsonObject { ["provider"] = "file", ["path"] = $"{profile.Name}.log", ["profile"] = profile.Name });
            await SendAsync(new JsonObject { ["provider"] = "syslog", ["endpoint"] = $"tcp://127.0.0.1:{receiver.Port}", ["profile"] = profile.Name });

            Assert.Equal(SpelledAs(profile) + "\n", File.ReadAllText(_folder.File($"{profile.Name}.log")));
            await StreamHarness.UntilNowAsync(() => receiver.Messages.Any(message => message.EndsWith("] \uFEFF" + SpelledAs(profile), StringComparison.Ordinal)));
        }
    }

    private string Spelled => SpelledAs(SluiceProfile.Instance);

    private string SpelledAs(IProfile profile)
    {
        using var page = new Sluice.Storage.EventPage();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        _streams.Ledger.ReadAsync(page, 0, 1, 1, int.MaxValue, default).AsTask().GetAwaiter().GetResult();
        profile.Write(page[0], output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private async Task SendAsync(JsonObject settings)
    {
        settings["start_from"] = "beginning";
        var id = (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        await _streams.UntilCursorAsync(id, 0);
    }
}
