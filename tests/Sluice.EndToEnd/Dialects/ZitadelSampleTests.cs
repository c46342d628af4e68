using System.Text;
using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>The blocks of ZITADEL's document and of the guide that it leads to, as they stand there, but for host, token and the service account's key.</summary>
public sealed class ZitadelSampleTests : IAsyncLifetime
{
    private const string KeyOfTheDocument = "base64encodedkey";

    private readonly DataFolder _folder = new();
    private SluiceProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await SluiceProcess.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_guides_lines_find_what_they_are_for()
    {
        await SendAsync("2023-02-01T09:00:00Z", "user.human.added");
        await SendAsync("2023-02-01T10:00:00Z", "user.token.added");
        await SendAsync("2023-02-01T11:00:00Z", "user.human.password.check.failed");
        await SendAsync("2023-02-01T12:00:00Z", "user.human.passwordless.token.check.failed");
        await SendAsync("2023-02-01T13:00:00Z", "user.refresh.token.added");

        Assert.Equal("4 3 2 1 0", Sequences(await RunAsync("events.sh")));
        Assert.Equal("4 3 2 1", Sequences(await RunAsync("user-changes.sh")));
        Assert.Equal("1 4", Sequences(await RunAsync("authenticated.sh")));
        Assert.Equal("2 3", Sequences(await RunAsync("failed-logins.sh")));
        Assert.Contains("""{"type":"user.human.password.check.failed","localized":{"key":"EventTypes.user.human.password.check.failed","localizedMessage":"Password check failed"}}""", (await RunAsync("event-types.sh")).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("""{"type":"user","localized":{"key":"AggregateTypes.user","localizedMessage":"User"}}""", (await RunAsync("aggregate-types.sh")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documents_changefeed_becomes_a_destination()
    {
        var created = (await CreateAsync("changefeed.sql")).Expect(201).Json;

        Assert.Equal(("gcs", "gc-storage-zitadel-data", "events", "flat", "zitadel"), (
            (string?)created["provider"], (string?)created["bucket"], (string?)created["prefix"], (string?)created["partition_format"], (string?)created["profile"]));
        Assert.Equal("[]", created["payload_for"]!.ToJsonString());
    }

    [Fact]
    public async Task The_documents_second_changefeed_is_told_which_comma_it_lacks_and_with_it_it_is_one()
    {
        var refused = (await CreateAsync("changefeed-payload.sql")).Expect(400).Json;
        Assert.Equal(("invalid_changefeed", ","), ((string?)refused["code"], (string?)refused["expected"]));
        Assert.Empty((await _server.Client.GetAsync("/v1/audit/siem")).Expect(200).Json["destinations"]!.AsArray());

        var created = (await CreateAsync("changefeed-payload.sql", text => text.Replace("created_at \n", "created_at,\n", StringComparison.Ordinal))).Expect(201).Json;
        Assert.Equal("""["instance.domain.added","instance.domain.removed","instance.domain.primary.set"]""", created["payload_for"]!.ToJsonString());
    }

    private async Task<JsonNode> RunAsync(string sample) => JsonNode.Parse(await Sample.RunShellAsync(
        Sample.Read($"zitadel/{sample}"), ("ZITADEL_URL", _server.Address.GetLeftPart(UriPartial.Authority)), ("TOKEN", SluiceProcess.AdminKey)))!;

    private async Task SendAsync(string time, string action) => (await _server.Client.PostEventAsync(
        $$$"""{"timestamp":"{{{time}}}","action":"{{{action}}}","outcome":"success","actor":{"type":"user","id":"u1"},"resource":{"type":"user","id":"u1"}}""")).Expect(200);

    private Task<Answer> CreateAsync(string sample, Func<string, string>? correct = null)
    {
        var statement = Sample.Read($"zitadel/{sample}").Replace(KeyOfTheDocument, Uri.EscapeDataString(ServiceAccount()), StringComparison.Ordinal);
        var destination = new JsonObject { ["provider"] = "gcs", ["enabled"] = false, ["changefeed"] = (correct ?? (text => text))(statement) };
        return _server.Client.PostAsync("/v1/audit/siem", destination.ToJsonString());
    }

    private static string ServiceAccount()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var account = new JsonObject { ["type"] = "service_account", ["client_email"] = "sluice@example.iam.gserviceaccount.com", ["private_key"] = key.ExportPkcs8PrivateKeyPem() };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(account.ToJsonString()));
    }

    private static string Sequences(JsonNode page) => string.Join(' ', page["events"]!.AsArray().Select(shown => (string)shown!["sequence"]!));
}
