using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations;
using Sluice.Events;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.CloudWatch;

/// <summary>Against a counterpart that others wrote, which knows nothing of how Sluice signs.</summary>
public sealed class MotoTests(MotoLogs moto) : IClassFixture<MotoLogs>
{
    [Fact]
    public async Task Events_arrive_with_the_two_permissions_that_the_page_names()
    {
        Assert.SkipUnless(moto.IsThere, MotoLogs.Missing);
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var now = Timestamp.Text(Timestamp.Now(TimeProvider.System));
        streams.Ledger.Append([.. Enumerable.Range(0, 300).Select(i => ScriptedLedger.Body(i, action: "ü \\\"🔑\\\"").Replace("2026-03-15T08:42:17.003000000Z", now))]);
        var id = (await streams.CreateAsync(Json("audit/ü"))).Definition.Id;

        await streams.UntilCursorAsync(id, 299);

        var messages = await moto.MessagesAsync("audit/ü");
        Assert.Equal(Enumerable.Range(0, 300), messages.Select(message => JsonDocument.Parse(message).RootElement.GetProperty("sequence").GetInt32()));
        Assert.All(messages, message => Assert.Equal("ü \"🔑\"", JsonDocument.Parse(message).RootElement.GetProperty("action").GetString()));
        Assert.Single(streams.Attempts(id));
    }

    [Fact]
    public async Task A_wrong_secret_is_noticed()
    {
        Assert.SkipUnless(moto.IsThere, MotoLogs.Missing);
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var id = (await streams.CreateAsync(Json("s").Replace(moto.SecretAccessKey, "wrong"))).Definition.Id;

        var test = await streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal((false, ErrorClass.Auth), (test!.Ok, test.Class));
    }

    private string Json(string stream) =>
        $$"""{"provider":"cloudwatch","start_from":"beginning","endpoint":"{{moto.Address}}","region":"eu-central-1","log_stream":"{{stream}}","access_key_id":"{{moto.AccessKeyId}}","secret_access_key":"{{moto.SecretAccessKey}}"}""";
}
