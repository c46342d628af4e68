using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations;
using Sluice.Destinations.Http;
using Sluice.Destinations.Splunk;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Splunk;

public sealed class SplunkDestinationTests
{
    [Fact]
    public async Task Every_object_has_every_key()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        streams.Ledger.AppendMany(2);
        var id = (await streams.CreateAsync($$"""{"provider":"splunk","endpoint":"{{receiver.Address}}","token":"t0ken","index":"audit","start_from":"beginning"}""")).Definition.Id;

        await streams.UntilCursorAsync(id, 1);

        var request = receiver.Requests.Single();
        Assert.Equal(("/services/collector/event", "Splunk t0ken"), (request.Path, request.Headers["Authorization"]));
        var objects = Encoding.UTF8.GetString(request.Body).Replace("}{", "}\n{").Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, objects.Count);
        Assert.All(objects, envelope => Assert.Equal(["time", "host", "source", "sourcetype", "index", "event"], envelope.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(("1773564137.003", "audit", "sluice", "_json"),
            (objects[0].GetProperty("time").GetRawText(), objects[0].GetProperty("index").GetString(), objects[0].GetProperty("source").GetString(), objects[0].GetProperty("sourcetype").GetString()));
        Assert.Equal("evt_0", objects[0].GetProperty("event").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(200, 0, "delivered")]
    [InlineData(200, 24, "delivered")]
    [InlineData(403, 1, "auth")]
    [InlineData(401, 2, "auth")]
    [InlineData(401, 3, "auth")]
    [InlineData(403, 4, "auth")]
    [InlineData(400, 5, "server")]
    [InlineData(400, 6, "refused")]
    [InlineData(400, 7, "not_found")]
    [InlineData(500, 8, "server")]
    [InlineData(503, 9, "server")]
    [InlineData(400, 10, "server")]
    [InlineData(400, 12, "refused")]
    [InlineData(400, 13, "refused")]
    [InlineData(400, 14, "server")]
    [InlineData(400, 15, "refused")]
    [InlineData(400, 16, "auth")]
    [InlineData(400, 21, "auth")]
    [InlineData(503, 23, "server")]
    [InlineData(429, 26, "throttled")]
    public void Codes_tell_outages_from_verdicts(int status, int code, string outcome)
    {
        var result = SplunkDestination.Read(new HttpAnswer(status, $$"""{"text":"…","code":{{code}}}""", null, 0));

        Assert.Equal(outcome, result switch
        {
            DeliveryResult.Delivered => "delivered",
            DeliveryResult.TryLater later => later.Class.Name(),
            _ => "refused",
        });
    }
}
