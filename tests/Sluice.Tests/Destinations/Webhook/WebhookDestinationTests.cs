using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations;
using Sluice.Destinations.Webhook;
using Sluice.Emulators;
using Sluice.Secrets;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Webhook;

public sealed class WebhookDestinationTests : IAsyncLifetime
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
    public async Task Signatures_are_over_the_bytes_that_were_sent()
    {
        await SendAsync("\"secret\":\"first\",\"next_secret\":\"second\",\"compression\":\"gzip\"", 3);

        var request = _receiver.Requests.Single();
        byte[][] keys = [Encoding.UTF8.GetBytes("first"), Encoding.UTF8.GetBytes("second")];
        var id = request.Headers["webhook-id"];
        Assert.Equal(WebhookSignature.OfBody(keys, request.RawBody), request.Headers["X-Sluice-Signature"]);
        Assert.Equal(WebhookSignature.Standard(keys, id, long.Parse(request.Headers["webhook-timestamp"]), request.RawBody), request.Headers["webhook-signature"]);
        Assert.EndsWith("-0-2", id);
    }

    [Fact]
    public async Task The_signature_header_has_the_name_that_its_user_gives_it()
    {
        await SendAsync("\"secret\":\"first\",\"signature_header\":\"X-Truthlocks-Signature\"", 1);

        Assert.StartsWith("sha256=", _receiver.Requests.Single().Headers["X-Truthlocks-Signature"]);
        Assert.DoesNotContain("X-Sluice-Signature", _receiver.Requests.Single().Headers.Keys);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_signed()
    {
        await SendAsync("", 1);

        Assert.DoesNotContain(_receiver.Requests.Single().Headers.Keys, name => name.Contains("signature", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("array", 1, "application/json")]
    [InlineData("single", 3, "application/json")]
    [InlineData("ndjson", 1, "application/x-ndjson")]
    public async Task Events_are_framed_as_asked(string framing, int requests, string contentType)
    {
        await SendAsync($"\"framing\":\"{framing}\"", 3);

        var bodies = _receiver.Requests.Select(request => Encoding.UTF8.GetString(request.Body)).ToList();
        Assert.Equal(requests, bodies.Count);
        Assert.All(_receiver.Requests, request => Assert.Equal(contentType, request.Headers["Content-Type"]));
        var events = framing switch
        {
            "array" => bodies.SelectMany(body => JsonDocument.Parse(body).RootElement.EnumerateArray()),
            "single" => bodies.Select(body => JsonDocument.Parse(body).RootElement),
            _ => bodies.SelectMany(body => body.TrimEnd('\n').Split('\n')).Select(line => JsonDocument.Parse(line).RootElement),
        };
        Assert.Equal([0, 1, 2], events.Select(sent => sent.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task Only_active_headers_travel()
    {
        await SendAsync("\"headers\":[{\"name\":\"X-One\",\"value\":\"1\"},{\"name\":\"X-Two\",\"value\":\"2\",\"active\":false}]", 1);

        Assert.Equal("1", _receiver.Requests.Single().Headers["X-One"]);
        Assert.DoesNotContain("X-Two", _receiver.Requests.Single().Headers.Keys);
    }

    [Fact]
    public async Task A_content_type_of_ones_own_replaces_ours()
    {
        await SendAsync("\"headers\":[{\"name\":\"Content-Type\",\"value\":\"application/x-own\"}]", 1);

        Assert.Equal("application/x-own", _receiver.Requests.Single().Headers["Content-Type"]);
    }

    [Fact]
    public async Task User_info_travels_as_a_header_and_redirects_are_not_followed()
    {
        var elsewhere = await Receiver.StartAsync();
        await using var _ = elsewhere;
        var left = 1;
        _receiver.Answer = _ => left-- > 0 ? new Reply(307, Headers: new Dictionary<string, string> { ["Location"] = elsewhere.Address.ToString() }) : new Reply(200);

        await SendAsync("", 1, new UriBuilder(_receiver.Address) { UserName = "ada", Password = "s3cret" }.Uri.ToString());

        Assert.Empty(elsewhere.Requests);
        Assert.All(_receiver.Requests, request => Assert.Equal($"Basic {Convert.ToBase64String("ada:s3cret"u8)}", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_private_address_is_refused_when_connecting()
    {
        await using var guarded = await StreamHarness.StartAsync(DestinationCatalogue.All, new DeliverySettings { AllowPlainHttp = true });
        var id = (await guarded.CreateAsync($$"""{"provider":"webhook","endpoint":"{{_receiver.Address}}"}""")).Definition.Id;

        var test = await guarded.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal((false, Sluice.Streams.ErrorClass.Connect), (test!.Ok, test.Class));
        Assert.Contains("no public address", test.Answer);
        Assert.Empty(_receiver.Requests);
    }

    private async Task SendAsync(string members, int events, string? endpoint = null)
    {
        var separator = members.Length > 0 ? "," : "";
        _streams.Ledger.AppendMany(events);
        var created = await _streams.CreateAsync(
            $$"""{"provider":"webhook","start_from":"beginning","endpoint":"{{endpoint ?? _receiver.Address.ToString()}}"{{separator}}{{members}}}""");
        await _streams.UntilCursorAsync(created.Definition.Id, events - 1);
    }
}
