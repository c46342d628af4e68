using System.Text;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Server.Endpoints;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.GitLab;

public sealed class GitLabDestinationTests : IAsyncLifetime
{
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Each_event_is_a_request_of_its_own_with_its_type_and_the_token()
    {
        _streams.Ledger.AppendMany(1, action: "user.login");
        _streams.Ledger.AppendMany(1, action: "a.type.that.nobody.knew.when.this.was.set.up");

        var token = await SendAsync("", 2);

        Assert.Equal(["user.login", "a.type.that.nobody.knew.when.this.was.set.up"], _receiver.Requests.Select(request => request.Headers["X-Gitlab-Audit-Event-Type"]));
        Assert.All(_receiver.Requests, request => Assert.Equal(("POST", token), (request.Method, request.Headers["X-Gitlab-Event-Streaming-Token"])));
        Assert.All(_receiver.Requests, request => Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]));
        Assert.StartsWith("""{"id":"evt_0",""", Encoding.UTF8.GetString(_receiver.Requests[0].Body));
    }

    [Theory]
    [InlineData("\"content_type\":\"application/json\"")]
    [InlineData("\"headers\":[{\"name\":\"content-type\",\"value\":\"application/json\"}]")]
    public async Task The_content_type_can_be_another_and_is_sent_once(string members)
    {
        _streams.Ledger.AppendMany(1);

        await SendAsync(members, 1);

        Assert.Equal("application/json", _receiver.Requests.Single().Headers["Content-Type"]);
    }

    [Fact]
    public async Task No_header_of_the_user_takes_the_tokens_place()
    {
        _streams.Ledger.AppendMany(1);

        var token = await SendAsync("\"headers\":[{\"name\":\"x-gitlab-event-streaming-token\",\"value\":\"somebody-else\"}]", 1);

        Assert.Equal(token, _receiver.Requests.Single().Headers["X-Gitlab-Event-Streaming-Token"]);
    }

    [Fact]
    public async Task A_type_that_is_not_ascii_is_percent_encoded()
    {
        _streams.Ledger.AppendMany(1, action: "benutzer.gelöscht");

        await SendAsync("", 1);

        Assert.Equal("benutzer.gel%C3%B6scht", _receiver.Requests.Single().Headers["X-Gitlab-Audit-Event-Type"]);
    }

    [Fact]
    public async Task A_header_that_is_switched_off_is_kept_and_travels_from_the_next_event_on_when_it_is_switched_on()
    {
        _streams.Ledger.AppendMany(1);
        var id = (await _streams.CreateAsync(Settings("\"headers\":[{\"name\":\"X-Team\",\"value\":\"audit\",\"active\":false}]"))).Definition.Id;
        await _streams.UntilCursorAsync(id, 0);

        await _streams.UpdateAsync(id, """{"headers":[{"name":"X-Team","active":true}]}""");
        _streams.Ledger.AppendMany(1);
        await _streams.UntilCursorAsync(id, 1);

        Assert.Equal([null, "audit"], _receiver.Requests.Select(request => request.Headers.GetValueOrDefault("X-Team")));
    }

    private async Task<string> SendAsync(string members, int events)
    {
        var created = await _streams.CreateAsync(Settings(members));
        await _streams.UntilCursorAsync(created.Definition.Id, events - 1);
        return (string)DestinationAnswer.Of(created, StreamHarness.Admin)["verification_token"]!;
    }

    private string Settings(string members) =>
        $$"""{"provider":"http","profile":"sluice","start_from":"beginning","endpoint":"{{_receiver.Address}}"{{(members.Length > 0 ? "," : "")}}{{members}}}""";
}
