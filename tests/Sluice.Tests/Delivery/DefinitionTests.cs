using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Server.Endpoints;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>What may be set up, and what a user sees of it.</summary>
public sealed class DefinitionTests : IAsyncLifetime
{
    private static readonly Caller TenantAdmin = new("key_2", "t1", Role.Admin, "t1");

    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync() => _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, new DeliverySettings());

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Theory]
    [InlineData("""{}""", "missing_field", "provider")]
    [InlineData("""{"provider":"nowhere"}""", "invalid_value", "provider")]
    [InlineData("""{"provider":"webhook"}""", "missing_field", "endpoint")]
    [InlineData("""{"provider":"splunk","endpoint":"https://s.example"}""", "missing_field", "token")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","token":"x"}""", "unknown_field", "token")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","colour":"x"}""", "unknown_field", "colour")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","enabled":"yes"}""", "invalid_type", "enabled")]
    [InlineData("""{"provider":"webhook","endpoint":17}""", "invalid_type", "endpoint")]
    [InlineData("""{"provider":"webhook","endpoint":"gopher://s.example"}""", "invalid_type", "endpoint")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","framing":"xml"}""", "invalid_type", "framing")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","event_types":"user.*"}""", "invalid_type", "event_types")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","event_types":["user.*",null]}""", "invalid_type", "event_types")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","event_types":["user.*","*"]}""", "invalid_value", "event_types[1]")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","filter":"action ~ 1"}""", "invalid_filter", "filter")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","profile":"klingon"}""", "invalid_value", "profile")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","start_from":"yesterday"}""", "invalid_value", "start_from")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","max_in_flight":4}""", "invalid_value", "max_in_flight")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","mask_personal":"yes"}""", "invalid_type", "mask_personal")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","fields":"id"}""", "invalid_type", "fields")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","fields":["id",""]}""", "invalid_value", "fields[1]")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","fields":["colour"]}""", "invalid_value", "fields[0]")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","fields":["id","api_call.colour"]}""", "invalid_value", "fields[1]")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","fields":["metadata."]}""", "invalid_value", "fields[0]")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","fields":["metadata x"]}""", "invalid_value", "fields[0]")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","name":""}""", "invalid_value", "name")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","name":"two\nlines"}""", "invalid_value", "name")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","secret":"whsec_not base64"}""", "invalid_value", "secret")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","ca_certificate":"no pem"}""", "invalid_value", "ca_certificate")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","client_certificate":"x"}""", "missing_field", "client_key")]
    [InlineData("""{"provider":"webhook","endpoint":"http://8.8.8.8/in"}""", "invalid_value", "endpoint")]
    [InlineData("""{"provider":"webhook","endpoint":"http://127.0.0.1/in"}""", "invalid_value", "endpoint")]
    [InlineData("""{"provider":"webhook","endpoint":"https://s.example","signature_header":"Host"}""", "invalid_value", "signature_header")]
    public async Task What_cannot_be_is_refused_with_its_member(string json, string code, string field)
    {
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync(json));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        Assert.Empty(await _streams.Views.ListAsync(StreamHarness.Admin, default));
    }

    /// <summary>Any value in any member is taken, or refused with the member's name: nothing else happens.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    [InlineData("[{}]")]
    [InlineData("""[{"name":null,"value":null}]""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("-1")]
    [InlineData("1e20")]
    [InlineData("1e999")]
    [InlineData("\"\"")]
    [InlineData("\"x\"")]
    [InlineData("\"\\u0000\"")]
    [InlineData("\"https://[\"")]
    [InlineData("\"9999-12-31T23:59:59.999999999Z\"")]
    public async Task No_value_in_any_member_fails_in_another_way(string value)
    {
        foreach (var kind in DestinationCatalogue.All)
        {
            foreach (var member in kind.Schema.Members.Select(member => member.Name).Concat(["name", "provider", "tenant_id", "event_types", "except_event_types", "filter", "start_from", "batch_max_bytes", "profile", "fields"]))
            {
                var given = new JsonObject { ["provider"] = kind.Name, ["endpoint"] = "https://s.example", ["token"] = "t" };
                if (!kind.Schema.Has("endpoint")) given.Remove("endpoint");
                if (!kind.Schema.Has("token")) given.Remove("token");
                given[member] = JsonNode.Parse(value);
                var problem = await Record.ExceptionAsync(() => _streams.CreateAsync(given.ToJsonString()));
                Assert.True(problem is null or DefinitionException or NameTakenException, $"{kind.Name}.{member} = {value}: {problem}");
            }
        }
    }

    [Theory]
    [InlineData("""{"name":"X-A\r\nX-B","value":"1"}""")]
    [InlineData("""{"name":"X-A","value":"1\r\nX-B: 2"}""")]
    [InlineData("""{"name":"X A","value":"1"}""")]
    [InlineData("""{"name":"","value":"1"}""")]
    [InlineData("""{"name":"Host","value":"elsewhere"}""")]
    [InlineData("""{"name":"Content-Length","value":"1"}""")]
    [InlineData("""{"name":"transfer-encoding","value":"chunked"}""")]
    [InlineData("""{"name":"webhook-signature","value":"v1,mine"}""")]
    [InlineData("""{"name":"X-A","value":"1","colour":"red"}""")]
    [InlineData("""{"value":"1"}""")]
    public async Task No_header_breaks_out_of_its_line_or_into_the_connection(string header)
    {
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync(Webhook($"\"headers\":[{header}]")));

        Assert.Equal(("invalid_type", "headers"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task Twenty_headers_are_enough()
    {
        string Headers(int count) => $"\"headers\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"name":"X-{{i}}","value":"v"}"""))}]";

        await _streams.CreateAsync(Webhook(Headers(20)));

        await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync(Webhook(Headers(21))));
    }

    [Fact]
    public async Task A_new_destination_is_shown_with_all_its_members_and_no_secret()
    {
        var created = await _streams.CreateAsync(Webhook("\"name\":\"SIEM\",\"secret\":\"s3cret\",\"headers\":[{\"name\":\"X-Api-Key\",\"value\":\"k3y\"},{\"name\":\"X-Plain\",\"value\":\"seen\"}]"));

        var answer = DestinationAnswer.Of(created, StreamHarness.Admin);

        string[] members =
        [
            "id", "name", "provider", "endpoint", "enabled", "tenant_id", "profile", "filter", "event_types", "except_event_types", "include_children", "only_tenants", "fields", "mask_personal", "filtered",
            "start_from", "max_in_flight", "heartbeat_seconds", "status", "status_since", "last_error", "cursor", "lag", "dead_letters", "gaps", "totals", "credentials_set", "created_at", "updated_at",
            "framing", "signature_header", "headers", "compression", "ca_certificate", "client_certificate",
        ];
        Assert.Equal(members.Order(), answer.Select(member => member.Key).Order());
        Assert.StartsWith("siem_", (string)answer["id"]!);
        Assert.Equal(("active", "SIEM", "array"), ((string)answer["status"]!, (string)answer["name"]!, (string)answer["framing"]!));
        Assert.Equal(["secret"], answer["credentials_set"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("""[{"name":"X-Api-Key","value":null,"active":true,"secret":true},{"name":"X-Plain","value":"seen","active":true,"secret":false}]""", answer["headers"]!.ToJsonString());
    }

    [Fact]
    public async Task Several_batches_at_once_come_with_a_warning_and_only_where_they_are_allowed()
    {
        var allowed = DestinationCatalogue.All.Where(kind => kind.MostInFlight > 1).Select(kind => kind.Name);
        var several = await _streams.CreateAsync("""{"provider":"elastic","endpoint":"https://s.example","token":"t","max_in_flight":2}""");

        Assert.Equal(["datadog", "elastic", "gcs", "google_cloud_logging", "s3"], allowed.Order());
        Assert.Contains("any order", (string)DestinationAnswer.Of(several, StreamHarness.Admin)["warning"]!);
        Assert.Null((await _streams.UpdateAsync(several.Definition.Id, """{"max_in_flight":null}""")).Definition.Warning);
    }

    [Fact]
    public async Task An_update_merges_and_null_clears()
    {
        var id = (await _streams.CreateAsync(Webhook("\"secret\":\"s3cret\",\"next_secret\":\"n3xt\",\"framing\":\"ndjson\",\"event_types\":[\"user.*\"]"))).Definition.Id;

        var view = await _streams.UpdateAsync(id, """{"next_secret":null,"event_types":null,"compression":"gzip"}""");

        var answer = DestinationAnswer.Of(view, StreamHarness.Admin);
        Assert.Equal(["secret"], view.Definition.CredentialsSet);
        Assert.Equal(("ndjson", "gzip", 0), ((string)answer["framing"]!, (string)answer["compression"]!, answer["event_types"]!.AsArray().Count));
    }

    [Fact]
    public async Task An_answer_that_is_sent_back_changes_nothing()
    {
        var created = await _streams.CreateAsync(
            """{"provider":"webhook","endpoint":"https://u:p4ss@siem.example/in?token=t0ken","headers":[{"name":"X-Api-Key","value":"k3y"}],"secret":"s3cret"}""");
        var answer = DestinationAnswer.Of(created, StreamHarness.Admin).ToJsonString();

        var updated = await _streams.UpdateAsync(created.Definition.Id, answer);

        Assert.DoesNotContain("t0ken", answer);
        Assert.Contains("p4ss", updated.Definition.Whole["endpoint"]!.ToJsonString());
        Assert.Contains("k3y", updated.Definition.Whole["headers"]!.ToJsonString());
        Assert.Equal(["secret"], updated.Definition.CredentialsSet);
    }

    [Theory]
    [InlineData("""{"provider":"splunk"}""", "provider")]
    [InlineData("""{"tenant_id":"t9"}""", "tenant_id")]
    [InlineData("""{"start_from":"beginning"}""", "start_from")]
    [InlineData("""{"endpoint":null}""", "endpoint")]
    public async Task Some_things_stay(string update, string field)
    {
        var id = (await _streams.CreateAsync(Webhook(""))).Definition.Id;

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.UpdateAsync(id, update));

        Assert.Equal(field, refusal.Field);
    }

    [Fact]
    public async Task A_tenants_admin_has_its_own_destinations_and_sees_no_others()
    {
        var foreign = (await _streams.CreateAsync(Webhook("\"tenant_id\":\"t2\""))).Definition.Id;
        var everyone = (await _streams.CreateAsync(Webhook(""))).Definition.Id;
        var own = await _streams.CreateAsync(Webhook(""), TenantAdmin);

        Assert.Equal("t1", own.Definition.TenantId);
        Assert.Equal([own.Definition.Id], (await _streams.Views.ListAsync(TenantAdmin, default)).Select(view => view.Definition.Id));
        foreach (var id in new[] { foreign, everyone })
        {
            Assert.Null(await _streams.Views.GetAsync(id, TenantAdmin, default));
            Assert.Null(await _streams.Control.UpdateAsync(id, new JsonObject { ["name"] = "mine" }, TenantAdmin, default));
            Assert.Null(await _streams.Control.DeleteAsync(id, TenantAdmin, default));
            Assert.Null(await _streams.Control.TestAsync(id, TenantAdmin, default));
            Assert.Null(await _streams.Views.GapsAsync(id, TenantAdmin, default));
        }

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync(Webhook("\"tenant_id\":\"t2\""), TenantAdmin));
        Assert.Equal("forbidden_tenant", refusal.Code);
    }

    [Fact]
    public async Task A_restart_finds_everything_again()
    {
        var created = await _streams.CreateAsync(Webhook("\"secret\":\"s3cret\",\"headers\":[{\"name\":\"X-Api-Key\",\"value\":\"k3y\"}],\"filter\":\"outcome EQ \\\"failure\\\"\""));
        var before = DestinationAnswer.Of(created, StreamHarness.Admin).ToJsonString();

        await _streams.RestartAsync();

        Assert.Equal(before, DestinationAnswer.Of(await _streams.GetAsync(created.Definition.Id), StreamHarness.Admin).ToJsonString());
    }

    private static string Webhook(string members) =>
        $$"""{"provider":"webhook","endpoint":"https://siem.example/in"{{(members.Length > 0 ? "," : "")}}{{members}}}""";
}
