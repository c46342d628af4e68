using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Destinations.Gcs;
using Sluice.Destinations.Http;
using Sluice.Server.Endpoints;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Gcs;

public sealed class GcsSettingsTests
{
    private static readonly string Sink = $"gs://audit-bucket/events?partition_format=flat&AUTH=specified&CREDENTIALS={Uri.EscapeDataString(ServiceAccount.Base64())}";

    [Theory]
    [InlineData("bucket", "null", "bucket")]
    [InlineData("bucket", "\"gs://x\"", "bucket")]
    [InlineData("credentials", "null", "credentials")]
    [InlineData("credentials", "\"no key\"", "credentials")]
    [InlineData("credentials", """{"type":"service_account"}""", "credentials")]
    [InlineData("credentials", "\"{\\\"type\\\":\\\"authorized_user\\\"}\"", "credentials")]
    [InlineData("credentials", "\"{\\\"client_email\\\":\\\"a@b\\\",\\\"private_key\\\":\\\"x\\\"}\"", "credentials")]
    [InlineData("prefix", "\"/x\"", "prefix")]
    [InlineData("partition_format", "\"weekly\"", "partition_format")]
    [InlineData("payload_for", "[\"a*\"]", "payload_for")]
    [InlineData("endpoint", "\"https://storage.example.com/x\"", "endpoint")]
    [InlineData("changefeed", "\"SELECT 1\"", "changefeed")]
    [InlineData("changefeed", "\"gs://other-bucket/events\"", "bucket")]
    public async Task What_cannot_work_is_refused_with_its_name(string member, string value, string field)
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var given = new JsonObject { ["provider"] = "gcs", ["bucket"] = "audit-bucket", ["credentials"] = ServiceAccount.Json(), ["enabled"] = false };
        given[member] = JsonNode.Parse(value);

        var refused = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync(given.ToJsonString()));

        Assert.Equal(field, refused.Field);
        Assert.DoesNotContain("PRIVATE KEY", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changefeed_is_refused_with_a_hint_until_it_is_switched_on()
    {
        await using var off = await StreamHarness.StartAsync(DestinationCatalogue.All, new() { AllowPrivateEndpoints = true });
        var feed = new JsonObject { ["provider"] = "gcs", ["changefeed"] = Sink, ["enabled"] = false };

        var refused = await Assert.ThrowsAsync<DefinitionException>(() => off.CreateAsync(feed.ToJsonString()));

        Assert.Equal(("changefeeds_off", "changefeed"), (refused.Code, refused.Field));
        Assert.Contains("Sluice:Delivery:AllowChangefeeds=true", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_changefeed_says_is_shown_and_its_key_is_not()
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var sql = $"CREATE CHANGEFEED INTO '{Sink}' AS SELECT sequence, payload FROM eventstore.events2 WHERE event_type IN ('a.b') AND event_type NOT LIKE 'c.%'";
        var view = await streams.CreateAsync(new JsonObject { ["provider"] = "gcs", ["changefeed"] = sql, ["enabled"] = false }.ToJsonString());

        var shown = DestinationAnswer.Of(view, StreamHarness.Admin);

        Assert.Equal(
            ("audit-bucket", "events", "flat", """["*"]""", """["a.b"]""", """["c.*"]""", true, "zitadel"),
            (shown["bucket"]!.GetValue<string>(), shown["prefix"]!.GetValue<string>(), shown["partition_format"]!.GetValue<string>(), shown["payload_for"]!.ToJsonString(), shown["event_types"]!.ToJsonString(),
                shown["except_event_types"]!.ToJsonString(), shown["filtered"]!.GetValue<bool>(), shown["profile"]!.GetValue<string>()));
        Assert.Equal(["credentials"], view.Definition.CredentialsSet);
        Assert.Contains("CREDENTIALS=***'", shown["changefeed"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(ServiceAccount.Base64()[..40], shown.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_can_be_edited_and_sent_back()
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var view = await streams.CreateAsync(new JsonObject { ["provider"] = "gcs", ["changefeed"] = Sink, ["enabled"] = false }.ToJsonString());
        var answer = DestinationAnswer.Of(view, StreamHarness.Admin);
        answer["name"] = "renamed";

        var after = DestinationAnswer.Of(await streams.UpdateAsync(view.Definition.Id, answer.ToJsonString()), StreamHarness.Admin);
        await streams.RestartAsync();

        Assert.Equal(("renamed", "audit-bucket"), (after["name"]!.GetValue<string>(), after["bucket"]!.GetValue<string>()));
        Assert.Equal(["credentials"], (await streams.GetAsync(view.Definition.Id)).Definition.CredentialsSet);
    }

    [Theory]
    [InlineData(200, "{}", "delivered")]
    [InlineData(412, "", "delivered")]
    [InlineData(401, "", "auth")]
    [InlineData(403, "", "auth")]
    [InlineData(403, """{"error":{"errors":[{"reason":"userRateLimitExceeded"}]}}""", "throttled")]
    [InlineData(404, "", "not_found")]
    [InlineData(408, "", "timeout")]
    [InlineData(413, "", "too_large")]
    [InlineData(429, "", "throttled")]
    [InlineData(500, "", "server")]
    [InlineData(503, "", "server")]
    public void Answers_tell_what_is_to_be_done(int status, string text, string outcome) => Assert.Equal(outcome, Outcomes.Name(GcsOutcome.Of(new HttpAnswer(status, text, null, 0))));
}
