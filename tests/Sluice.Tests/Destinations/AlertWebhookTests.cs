using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Destinations.Http;
using Sluice.Destinations.Webhook;
using Sluice.Emulators;
using Sluice.Secrets;
using Sluice.Tests.Delivery.Alerts;

namespace Sluice.Tests.Destinations;

public sealed class AlertWebhookTests
{
    [Fact]
    public async Task An_alert_is_posted_as_json_and_signed_like_a_webhooks_events()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var its = await WatchedStreams.StartAsync(channel: Channel(receiver, "/alerts"));
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => receiver.Accepted.Count == 1);

        var request = receiver.Requests[0];
        var body = JsonNode.Parse(request.Body)!;
        Assert.Equal(("POST", "/alerts", "application/json"), (request.Method, request.Path, request.Headers["Content-Type"]));
        Assert.Equal((string)body["id"]!, request.Headers["webhook-id"]);
        Assert.Equal(Hex(request.RawBody), request.Headers["X-Sluice-Signature"]);
        Assert.StartsWith("v1,", request.Headers["webhook-signature"], StringComparison.Ordinal);
        Assert.Equal("destination.gap", (string)body["type"]!);
    }

    [Fact]
    public async Task What_the_receiver_repeats_of_its_address_is_masked_in_the_log()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = request => new Reply(500, $"Cannot handle {request.Path} of {Secret}.");
        await using var its = await WatchedStreams.StartAsync(channel: Channel(receiver, "/alerts?token=hunter2"));
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        await its.Streams.UntilAsync(() => its.Streams.Logs.Lines.Any(text => text.Contains("cannot be told now", StringComparison.Ordinal)));

        Assert.Contains(its.Streams.Logs.Lines, text => text.Contains("It answered 500: Cannot handle /alerts?token=*** of ***.", StringComparison.Ordinal));
    }

    private const string Secret = "a secret of the operator";

    private static AlertWebhook Channel(Receiver receiver, string path) =>
        AlertWebhook.To(Endpoint.Parse(new Uri(receiver.Address, path).ToString()), new Secret(Secret), TimeProvider.System);

    private static string Hex(byte[] body) => $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}";
}
