using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Profiles;
using Sluice.Server.Endpoints;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Profiles, fields and masks on their way through delivery.</summary>
public sealed class SpellingTests : IAsyncLifetime
{
    private readonly MemoryStream _output = new();
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public static TheoryData<string> Profiles => [.. ProfileCatalogue.All.Select(profile => profile.Name)];

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with { StandardOutput = () => new Unclosed(_output) });
        _streams.Ledger.Append(Body("evt_0", "plain"), Body("evt_1", "x=\\\"|\\n"));
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Any_profile_goes_into_a_json_array(string profile)
    {
        await SendAsync(new() { ["provider"] = "webhook", ["profile"] = profile });

        var events = JsonDocument.Parse(_receiver.Requests.Single().Body).RootElement.EnumerateArray().ToList();
        Assert.Equal(2, events.Count);
        Assert.All(events, sent => Assert.Equal(ProfileCatalogue.Named(profile).IsJson ? JsonValueKind.Object : JsonValueKind.String, sent.ValueKind));
        Assert.Equal("application/json", _receiver.Requests.Single().Headers["Content-Type"]);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Any_profile_goes_into_splunks_envelope(string profile)
    {
        await SendAsync(new() { ["provider"] = "splunk", ["profile"] = profile, ["token"] = "t" });

        var envelopes = Encoding.UTF8.GetString(_receiver.Requests.Single().Body).Replace("}{\"time\"", "}\n{\"time\"", StringComparison.Ordinal).Split('\n');
        Assert.Equal(2, envelopes.Length);
        Assert.All(envelopes, envelope => Assert.Equal(
            ProfileCatalogue.Named(profile).IsJson ? JsonValueKind.Object : JsonValueKind.String, JsonDocument.Parse(envelope).RootElement.GetProperty("event").ValueKind));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Any_profile_is_one_line_each_on_standard_output(string profile)
    {
        await SendAsync(new() { ["provider"] = "stdout", ["profile"] = profile });

        var lines = Encoding.UTF8.GetString(_output.ToArray()).Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines[..2], line => Assert.Equal(ProfileCatalogue.Named(profile).IsJson, line.StartsWith('{')));
    }

    [Fact]
    public async Task Lines_of_a_profile_that_is_not_json_are_plain_text()
    {
        await SendAsync(new() { ["provider"] = "webhook", ["profile"] = "cef", ["framing"] = "ndjson" });

        var request = _receiver.Requests.Single();
        Assert.Equal("text/plain; charset=utf-8", request.Headers["Content-Type"]);
        Assert.All(Encoding.UTF8.GetString(request.Body).TrimEnd('\n').Split('\n'), line => Assert.StartsWith("CEF:0|Sluice|", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_of_lines_stays_within_limits_when_json_makes_them_longer()
    {
        _streams.Ledger.Append([.. Enumerable.Range(2, 30).Select(i => Body($"evt_{i}", string.Concat(Enumerable.Repeat("\\\"\\\\", 20_000))))]);

        await SendAsync(new() { ["provider"] = "webhook", ["profile"] = "cef" });

        Assert.All(_receiver.Requests, request => Assert.InRange(request.Body.Length, 1, 1_000_000));
        Assert.Equal(32, _receiver.Requests.Sum(request => JsonDocument.Parse(request.Body).RootElement.GetArrayLength()));
    }

    [Fact]
    public async Task Only_listed_members_leave_and_nothing_of_persons()
    {
        var id = await SendAsync(new() { ["provider"] = "webhook", ["fields"] = new JsonArray("id", "actor", "metadata.note", "source_ip"), ["mask_personal"] = true });

        Assert.Equal("""[{"id":"evt_0","actor":{"type":"user","id":"u1"},"metadata":{"note":"plain"}},""", Text(_receiver.Requests.Single().Body)[..^"""{"id":"evt_1","actor":{"type":"user","id":"u1"},"metadata":{"note":"x=\"|\n"}}]""".Length]);
        var shown = DestinationAnswer.Of(await _streams.GetAsync(id), StreamHarness.Admin);
        Assert.Equal(("""["id","actor","metadata.note","source_ip"]""", true), (shown["fields"]!.ToJsonString(), (bool)shown["mask_personal"]!));
    }

    [Fact]
    public async Task A_choice_of_members_outlives_a_restart_and_null_ends_it()
    {
        var id = await SendAsync(new() { ["provider"] = "webhook", ["fields"] = new JsonArray("id") });
        await _streams.RestartAsync();
        _streams.Ledger.Append(Body("evt_2", ""));
        await _streams.UntilCursorAsync(id, 2);
        await _streams.UpdateAsync(id, """{"fields":null,"mask_personal":null}""");
        _streams.Ledger.Append(Body("evt_3", ""));
        await _streams.UntilCursorAsync(id, 3);

        Assert.Equal("""[{"id":"evt_2"}]""", Text(_receiver.Requests[1].Body));
        Assert.Contains("ada@example.com", Text(_receiver.Requests[2].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_is_spelled_as_deliveries_are()
    {
        var id = await SendAsync(new() { ["provider"] = "webhook", ["profile"] = "truthlocks", ["fields"] = new JsonArray("metadata.test") });

        await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        var sent = JsonDocument.Parse(_receiver.Requests[1].Body).RootElement[0];
        Assert.Equal(["id", "timestamp", "tenant_id", "action", "outcome", "metadata"], sent.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void A_line_becomes_an_object_where_only_objects_are_taken()
    {
        var line = new OutgoingEvent(default, "CEF:0|\"a\\b\""u8.ToArray(), IsJson: false);
        var output = new ArrayBufferWriter<byte>();

        line.WriteObject(output);

        Assert.Equal("""{"message":"CEF:0|\"a\\b\""}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private async Task<string> SendAsync(JsonObject settings)
    {
        if ((string)settings["provider"]! != "stdout") settings["endpoint"] = _receiver.Address.ToString();
        settings["start_from"] = "beginning";
        var id = (await _streams.CreateAsync(settings.ToJsonString())).Definition.Id;
        await _streams.UntilCursorAsync(id, _streams.Ledger.Size - 1);
        return id;
    }

    private static string Body(string id, string note) =>
        $$$"""{"id":"{{{id}}}","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"t1","category":"authentication","action":"user.login","outcome":"success","actor":{"type":"user","id":"u1","email":"ada@example.com"},"source_ip":"203.0.113.42","metadata":{"note":"{{{note}}}"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private static string Text(byte[] body) => Encoding.UTF8.GetString(body);

    private sealed class Unclosed(Stream inner) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
