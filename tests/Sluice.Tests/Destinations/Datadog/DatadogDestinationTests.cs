using System.Text.Json;
using Sluice.Destinations;
using Sluice.Destinations.Datadog;
using Sluice.Destinations.Http;
using Sluice.Emulators;
using Sluice.Secrets;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Datadog;

public sealed class DatadogDestinationTests : IAsyncLifetime
{
    private DatadogEmulator _datadog = null!;
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _datadog = new DatadogEmulator("k3y", _streams.Time);
        _receiver.Answer = _datadog.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_log_has_the_event_in_an_attribute_of_its_own()
    {
        await SendAsync(",\"service\":\"pki\",\"tags\":\"env:prod,team:audit\"", ScriptedLedger.Body(0));

        var log = _datadog.Logs.Single();
        Assert.Equal(["ddsource", "ddtags", "service", "timestamp", "message", "event"], log.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("sluice", "env:prod,team:audit", "pki", 1773564137003, "user.login"),
            (Text(log, "ddsource"), Text(log, "ddtags"), Text(log, "service"), log.GetProperty("timestamp").GetInt64(), Text(log, "message")));
        Assert.Equal("evt_0", Text(log.GetProperty("event"), "id"));
    }

    [Fact]
    public async Task Bodies_are_compressed_unless_that_is_switched_off()
    {
        await SendAsync("", ScriptedLedger.Body(0));
        await SendAsync(",\"compression\":\"none\"");

        Assert.Equal(["gzip", null], _receiver.Requests.Select(request => request.Headers.GetValueOrDefault("Content-Encoding")));
    }

    [Fact]
    public async Task Events_too_old_for_their_time_to_be_taken_go_without_it()
    {
        var now = _streams.Time.GetUtcNow();
        string[] times = [Time(now.AddHours(-18).AddSeconds(-1)), Time(now.AddHours(-17).AddMinutes(-58)), Time(now.AddYears(-30))];

        await SendAsync("", [.. times.Select((time, i) => ScriptedLedger.Body(i).Replace("2026-03-15T08:42:17.003000000Z", time))]);

        Assert.Equal([false, true, false], _datadog.Logs.Select(log => log.TryGetProperty("timestamp", out _)));
        Assert.Equal(times, _datadog.Logs.Select(log => Text(log.GetProperty("event"), "timestamp")));
        Assert.Equal(0, _datadog.Spoilt);
    }

    [Fact]
    public async Task An_event_that_datadog_would_cut_is_set_aside_and_its_neighbours_arrive()
    {
        var id = await SendAsync(
            "", ScriptedLedger.Body(0), ScriptedLedger.Body(1, padding: 1_000_000), ScriptedLedger.Body(2), ScriptedLedger.Body(3, padding: 1_000_000), ScriptedLedger.Body(4, padding: 990_000));

        Assert.Equal(["evt_0", "evt_2", "evt_4"], _datadog.Logs.Select(log => Text(log.GetProperty("event"), "id")));
        Assert.Equal([1, 3], _streams.DeadLetters(id).Select(letter => letter.Sequence));
        Assert.Equal(0, _datadog.Spoilt);
    }

    [Fact]
    public async Task An_event_that_datadog_would_cut_is_set_aside_when_it_is_alone()
    {
        var id = await SendAsync("", ScriptedLedger.Body(0, padding: 1_000_000));

        Assert.Equal([0], _streams.DeadLetters(id).Select(letter => letter.Sequence));
        Assert.Empty(_receiver.Requests);
    }

    [Theory]
    [InlineData("https://datadoghq.eu", "https://http-intake.logs.datadoghq.eu/api/v2/logs")]
    [InlineData("https://us3.datadoghq.com/", "https://http-intake.logs.us3.datadoghq.com/api/v2/logs")]
    [InlineData("https://ddog-gov.com", "https://http-intake.logs.ddog-gov.com/api/v2/logs")]
    [InlineData("https://http-intake.logs.ap1.datadoghq.com", "https://http-intake.logs.ap1.datadoghq.com/api/v2/logs")]
    [InlineData("https://http-intake.logs.datadoghq.com/api/v2/logs", "https://http-intake.logs.datadoghq.com/api/v2/logs")]
    [InlineData("https://proxy.example.com/dd", "https://proxy.example.com/dd")]
    [InlineData("https://datadoghq.eu.example.com", "https://datadoghq.eu.example.com/api/v2/logs")]
    public void A_site_is_enough_of_an_endpoint(string given, string used) =>
        Assert.Equal(used, new DatadogSettings { Endpoint = Endpoint.Parse(given), Token = new Secret("t") }.AtIntake.Endpoint.WithPath("/api/v2/logs").AbsoluteUri);

    private async Task<string> SendAsync(string members, params string[] bodies)
    {
        if (bodies.Length > 0) _streams.Ledger.Append(bodies);
        var created = await _streams.CreateAsync($$"""{"provider":"datadog","start_from":"beginning","token":"k3y","endpoint":"{{_receiver.Address}}"{{members}}}""");
        await _streams.UntilCursorAsync(created.Definition.Id, _streams.Ledger.Size - 1);
        return created.Definition.Id;
    }

    private static string Time(DateTimeOffset time) => Sluice.Events.Timestamp.Text((time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
