using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Trials;
using Sluice.Destinations;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>What a filter would let through is known before it is saved, and a filter that lets nothing through is not saved by mistake.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private const string Webhook = "\"provider\":\"webhook\",\"endpoint\":\"https://s.example\"";

    private static readonly Caller TenantAdmin = new("key_2", "t1", Role.Admin, "t1");

    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _streams.Ledger.AppendMany(100, action: "scan.old");
        _streams.Time.Advance(TimeSpan.FromDays(8));
        _streams.Ledger.AppendMany(6_000, action: "user.login");
        _streams.Ledger.AppendMany(30, tenant: "t2", action: "user.delete");
    }

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task It_counts_what_passes_and_shows_the_newest_as_they_would_be_sent()
    {
        var result = await RunAsync("""{"event_types":["user.delete"]}""");

        Assert.Equal((30, 6_030), (result.Matched, result.Of));
        Assert.Equal(["evt_6125", "evt_6126", "evt_6127", "evt_6128", "evt_6129"], result.Samples.Select(sample => (string?)sample["id"]));
        Assert.Equal(6_129, (long)result.Samples[^1]["sequence"]!);
    }

    [Fact]
    public async Task Profiles_and_fields_show_in_the_samples()
    {
        Assert.Equal(["id"], (await RunAsync("""{"fields":["id"]}""")).Samples[0].AsObject().Select(member => member.Key));
        Assert.StartsWith("CEF:0|", (string?)(await RunAsync("""{"profile":"cef"}""")).Samples[0]);
    }

    [Fact]
    public async Task What_the_destination_leaves_out_is_not_in_the_samples()
    {
        _streams.Ledger.Append("""{"id":"evt_p","timestamp":"2026-03-15T08:42:17.000000000Z","tenant_id":"t1","action":"user.login","outcome":"success","actor":{"type":"user","id":"ada","email":"ada@example.com"},"metadata":{"phone":"+41"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");

        Assert.DoesNotContain("ada@example.com", await NewestAsync("""{"mask_personal":true}"""));
        Assert.Contains("\"personal\":\"sha256:", await NewestAsync("""{"mask_personal":true}"""));
        Assert.DoesNotContain("payload", await NewestAsync("""{"provider":"gcs"}"""));
        Assert.Contains("\"payload\":null", await NewestAsync("""{"provider":"gcs","payload_for":["user.created"]}"""));
        Assert.Contains("\"payload\":{\"phone\":\"\\u002B41\"}", await NewestAsync("""{"provider":"gcs","payload_for":["user.login"]}"""));

        async Task<string> NewestAsync(string given) => (await RunAsync(given)).Samples[^1].ToJsonString();
    }

    [Fact]
    public async Task Named_types_that_did_not_occur_are_told()
    {
        var result = await RunAsync("""{"event_types":["user.*","scan.*","user.login"],"except_event_types":["user.deleted"]}""");

        Assert.Equal(["scan.*", "user.deleted"], result.UnknownEventTypes);
    }

    [Theory]
    [InlineData(7, 6_030)]
    [InlineData(9, 6_130)]
    public async Task It_looks_back_as_far_as_asked(int days, long of) => Assert.Equal(of, (await RunAsync("{}", days)).Of);

    [Fact]
    public async Task A_tenants_admin_learns_nothing_of_others()
    {
        var result = await RunAsync("""{"filter":"action PREFIX \"user.\""}""", caller: TenantAdmin);

        Assert.Equal((6_000, 6_000), (result.Matched, result.Of));
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => RunAsync("""{"tenant_id":"t2"}""", caller: TenantAdmin));
        Assert.Equal("forbidden_tenant", refusal.Code);
    }

    [Theory]
    [InlineData("""{"filter":"action EQ"}""", "invalid_filter", "filter")]
    [InlineData("""{"provider":"nowhere"}""", "invalid_value", "provider")]
    [InlineData("""{"profile":"baroque"}""", "invalid_value", "profile")]
    [InlineData("""{"colour":"red"}""", "unknown_field", "colour")]
    [InlineData("""{"provider":"webhook","token":"x"}""", "unknown_field", "token")]
    [InlineData("""{"event_types":"user.*"}""", "invalid_type", "event_types")]
    public async Task What_no_destination_could_have_is_refused(string given, string code, string field)
    {
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => RunAsync(given));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task The_condition_of_a_pasted_changefeed_is_tried_too()
    {
        var sql = "CREATE CHANGEFEED INTO 'gs://audit-bucket/events' AS SELECT event_type FROM eventstore.events2 WHERE event_type = 'user.delete'";

        Assert.Equal(30, (await RunAsync(new JsonObject { ["provider"] = "gcs", ["changefeed"] = sql }.ToJsonString())).Matched);
    }

    [Fact]
    public async Task A_whole_destination_can_be_tried_and_is_not_made()
    {
        Assert.Equal(6_030, (await RunAsync($$"""{{{Webhook}},"secret":"s","name":"x"}""")).Matched);

        Assert.Empty(await _streams.Views.ListAsync(StreamHarness.Admin, default));
    }

    [Theory]
    [InlineData("\"event_types\":[\"scan.*\"]", "event_types")]
    [InlineData("\"filter\":\"action EQ \\\"scan.old\\\"\"", "filter")]
    [InlineData("\"except_event_types\":[\"user.*\"]", "event_types")]
    public async Task A_filter_that_lets_nothing_of_the_last_week_through_needs_force(string filter, string field)
    {
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync($$"""{{{Webhook}},{{filter}}}"""));
        Assert.Equal(("matches_nothing", field), (refusal.Code, refusal.Field));
        Assert.Contains("6030", refusal.Message);

        var id = (await _streams.CreateAsync($$"""{{{Webhook}}}""")).Definition.Id;
        refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.UpdateAsync(id, $$"""{{{filter}}}"""));
        Assert.Equal("matches_nothing", refusal.Code);

        Assert.True((await _streams.UpdateAsync(id, $$"""{{{filter}},"force":true}""")).Definition.IsFiltered);
        Assert.True((await _streams.CreateAsync($$"""{{{Webhook}},{{filter}},"force":true}""")).Definition.IsFiltered);
        Assert.Equal("later", (await _streams.UpdateAsync(id, """{"name":"later"}""")).Definition.Stream.Name);
    }

    [Fact]
    public async Task Where_nothing_came_in_lately_any_filter_is_fine()
    {
        _streams.Time.Advance(TimeSpan.FromDays(30));

        Assert.True((await _streams.CreateAsync($$"""{{{Webhook}},"event_types":["not.yet"]}""")).Definition.IsFiltered);
    }

    [Fact]
    public async Task Force_is_a_flag() =>
        Assert.Equal("force", (await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync($$"""{{{Webhook}},"force":"yes"}"""))).Field);

    private Task<DryRunResult> RunAsync(string given, int days = DryRun.DefaultDays, Caller? caller = null) =>
        _streams.Trials.RunAsync(JsonNode.Parse(given)!.AsObject(), days, caller ?? StreamHarness.Admin, default).AsTask();
}
