using System.Text;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Walls;

/// <summary>What acme's keys, even its admin's, can learn of tenant beta and do to it: nothing.</summary>
public sealed class TenantTests(Instance instance) : IClassFixture<Instance>
{
    private SluiceClient Admin => instance.As("acme admin");

    private SluiceClient Beta => instance.As("beta admin");

    [Fact]
    public async Task Reading_everything_shows_only_its_own()
    {
        foreach (var path in new[]
        {
            "/v1/audit/events", "/v1/audit/events?order=asc", "/v1/audit/export", "/v1/audit/export?proofs=true", "/v1/audit/stats?group_by=actor.id", "/v1/audit/stats?group_by=tenant_id", "/v1/audit/siem",
            "/v1/access/keys", "/v1/audit/checkpoints", "/v1/audit", "/v1/zaita/audit-events", "/v1/zaita/audit-events?from=2020-01-01T00:00:00Z&page_size=1000", Veza("ended_at"), Veza("persisted_at", "/export"), "/v1/audit/consistency?from=0&to=1", "/checkpoint", "/v1/audit/log", "/openapi/v1.json",
        })
        {
            HasNoMark((await Admin.GetAsync(path)).Expect(200));
        }

        foreach (var path in new[] { "events", "events/types", "aggregates/types" }) HasNoMark((await Admin.PostAsync($"/admin/v1/{path}/_search", "{}")).Expect(200));
        var events = (await Admin.GetAsync("/v1/audit/events")).Json["events"]!.AsArray();
        Assert.NotEmpty(events);
        Assert.All(events, one => Assert.Equal("acme", (string?)one!["tenant_id"]));
    }

    [Theory]
    [InlineData("tenant_id EQ \"beta\"")]
    [InlineData("NOT tenant_id EQ \"acme\"")]
    [InlineData("actor.id PREFIX \"BETA\"")]
    [InlineData("metadata.note CONTAINS \"MARK\" OR sequence GE 0 AND tenant_id NE \"acme\"")]
    [InlineData("sequence IN (1, 3, 5)")]
    public async Task A_filter_does_not_climb_the_wall(string filter)
    {
        foreach (var path in new[] { "/v1/audit/events?filter=", "/v1/audit/export?filter=", "/v1/audit/stats?group_by=action&filter=" })
            HasNoMark(await Admin.GetAsync(path + Uri.EscapeDataString(filter)), echoes: filter);
        var found = (await Admin.GetAsync($"/v1/audit/events?filter={Uri.EscapeDataString(filter)}")).Expect(200);
        Assert.Empty(found.Json["events"]!.AsArray());
    }

    [Theory]
    [InlineData("/v1/audit/events?tenant_id=beta")]
    [InlineData("/v1/audit/export?tenant_id=beta")]
    [InlineData("/v1/audit/stats?group_by=action&tenant_id=beta")]
    [InlineData("/v1/audit/events/live?tenant_id=beta")]
    [InlineData("/v1/audit/events/BETAMARK-0?tenant_id=beta")]
    [InlineData("/v1/audit/events/BETAMARK-0/proof?tenant_id=beta")]
    [InlineData("/v1/audit/events?tenant_id=_sluice")]
    [InlineData("/v1/audit?tenant_id=beta")]
    [InlineData("/v1/zaita/audit-events?tenant_id=beta")]
    public async Task Naming_another_tenant_is_forbidden(string path) => Assert.Equal("forbidden_tenant", (await Admin.GetAsync(path)).Expect(403).Code);

    [Fact]
    public async Task Another_tenants_event_is_not_found_and_answers_like_one_that_never_was()
    {
        foreach (var suffix in new[] { "", "/proof" })
        {
            var (theirs, nobodys) = ((await Admin.GetAsync($"/v1/audit/events/BETAMARK-0{suffix}")).Expect(404), (await Admin.GetAsync($"/v1/audit/events/NOBODYS-0{suffix}")).Expect(404));
            Assert.Equal(Shape(nobodys, "NOBODYS"), Shape(theirs, "BETAMARK"));
        }

        (await Beta.GetAsync("/v1/audit/events/BETAMARK-0")).Expect(200);
        (await Beta.GetAsync("/v1/audit/events/BETAMARK-0/proof")).Expect(200);
    }

    [Fact]
    public async Task Another_tenants_page_token_is_refused()
    {
        foreach (var token in new[] { instance.BetaPageToken, instance.InstancePageToken })
        {
            var refused = (await Admin.GetAsync($"/v1/audit/events?page_token={token}")).Expect(403);
            Assert.Equal("forbidden_tenant", refused.Code);
            HasNoMark(refused);
        }
    }

    [Fact]
    public async Task A_viewer_token_shows_only_its_own()
    {
        Assert.Equal("forbidden_tenant", (await Admin.PostAsync("/v1/viewer-tokens", """{"tenant_id":"beta"}""")).Expect(403).Code);
        using var viewer = instance.Server.Client.With((string)(await instance.As("instance reader").PostAsync("/v1/viewer-tokens", """{"tenant_id":"acme"}""")).Expect(201).Json["token"]!);

        foreach (var path in new[] { "/v1/audit/events", "/v1/audit/stats?group_by=tenant_id", "/v1/audit/stats?group_by=actor.id", "/v1/audit/checkpoints", "/v1/audit/event-types", "/v1/session" }) HasNoMark((await viewer.GetAsync(path)).Expect(200));
        foreach (var suffix in new[] { "", "/proof", "?profile=ocsf" }) (await viewer.GetAsync($"/v1/audit/events/BETAMARK-0{suffix}")).Expect(404);
        foreach (var token in new[] { instance.BetaPageToken, instance.InstancePageToken }) (await viewer.GetAsync($"/v1/audit/events?page_token={token}")).Expect(403);
    }

    [Fact]
    public async Task Events_for_another_tenant_are_refused_one_by_one()
    {
        var theirs = """{"id":"intruder","tenant_id":"beta","action":"a.b","outcome":"success","actor":{"type":"user","id":"u"}}""";
        Assert.Equal("forbidden_tenant", (await instance.As("acme writer").PostEventAsync(theirs)).Expect(403).Code);
        var mine = theirs.Replace("\"tenant_id\":\"beta\",", "", StringComparison.Ordinal).Replace("intruder", "mine", StringComparison.Ordinal);
        var both = (await instance.As("acme writer").PostLinesAsync(Encoding.UTF8.GetBytes($"{theirs}\n{mine}"))).Expect(200);
        Assert.Equal((1, "forbidden_tenant"), ((int)both.Json["accepted"]!, (string)both.Json["rejected"]![0]!["code"]!));
        (await Beta.GetAsync("/v1/audit/events/intruder")).Expect(404);
        (await Beta.GetAsync("/v1/audit/events/mine")).Expect(404);
        (await Admin.GetAsync("/v1/audit/events/mine")).Expect(200);
    }

    [Fact]
    public async Task An_id_that_another_tenant_holds_is_free()
    {
        var other = """{"id":"BETAMARK-1","action":"other.act","outcome":"denied","actor":{"type":"user","id":"u"}}""";
        using var gamma = instance.Server.Client.With((string)(await instance.Server.Client.PostAsync("/v1/access/keys", """{"name":"gamma","role":"admin","tenant_id":"gamma"}""")).Expect(201).Json["key"]!);
        Assert.Equal(1, (int)(await gamma.PostEventAsync(other)).Expect(200).Json["accepted"]!);
        Assert.Equal("other.act", (string?)(await gamma.GetAsync("/v1/audit/events/BETAMARK-1")).Expect(200).Json["action"]);
        Assert.Equal("betamark.act", (string?)(await Beta.GetAsync("/v1/audit/events/BETAMARK-1")).Expect(200).Json["action"]);
        Assert.Equal("ambiguous_id", (await instance.As("instance reader").GetAsync("/v1/audit/events/BETAMARK-1")).Expect(409).Code);
        (await instance.As("instance reader").GetAsync("/v1/audit/events/BETAMARK-1?tenant_id=gamma")).Expect(200);
    }

    [Fact]
    public async Task Another_tenants_destination_does_not_exist()
    {
        var destination = $"/v1/audit/siem/{instance.BetaDestination}";
        foreach (var answer in new[]
        {
            await Admin.GetAsync(destination), await Admin.PutAsync(destination, """{"name":"stolen"}"""), await Admin.DeleteAsync(destination), await Admin.PostAsync($"{destination}/test", ""),
            await Admin.PostAsync($"{destination}/resume", ""), await Admin.GetAsync($"{destination}/attempts"), await Admin.GetAsync($"{destination}/lag"), await Admin.GetAsync($"{destination}/dead-letters"), await Admin.GetAsync($"{destination}/gaps"),
            await Admin.DeleteAsync($"{destination}/dead-letters/{instance.BetaSequence}"), await Admin.PostAsync("/v1/audit/siem/test", $$"""{"id":"{{instance.BetaDestination}}"}"""),
        })
        {
            HasNoMark(answer.Expect(404));
        }

        var theirs = (await Beta.GetAsync(destination)).Expect(200).Json;
        Assert.Equal((Instance.Mark, "beta"), ((string)theirs["name"]!, (string)theirs["tenant_id"]!));
    }

    [Theory]
    [InlineData("\"tenant_id\":\"beta\"")]
    [InlineData("\"provider\":\"stdout\"")]
    public async Task A_destination_beyond_its_tenant_is_forbidden(string member)
    {
        var provider = member.Contains("provider", StringComparison.Ordinal) ? "" : "\"provider\":\"webhook\",\"endpoint\":\"http://127.0.0.1:9/\",";
        (await Admin.PostAsync("/v1/audit/siem", $$"""{{{provider}}{{member}}}""")).Expect(403);
    }

    [Fact]
    public async Task A_tenants_destination_is_its_own_whatever_it_leaves_out()
    {
        var made = (await Admin.PostAsync("/v1/audit/siem", """{"provider":"webhook","endpoint":"http://127.0.0.1:9/","enabled":false,"tenant_id":null}""")).Expect(201).Json;
        Assert.Equal("acme", (string?)made["tenant_id"]);
        (await Admin.DeleteAsync($"/v1/audit/siem/{made["id"]}")).Expect(202);
    }

    [Fact]
    public async Task Another_tenants_keys_are_out_of_reach()
    {
        (await Admin.DeleteAsync($"/v1/access/keys/{instance.BetaKey}")).Expect(404);
        Assert.Equal("forbidden_tenant", (await Admin.PostAsync("/v1/access/keys", """{"name":"x","role":"admin","tenant_id":"beta"}""")).Expect(403).Code);
        var made = (await Admin.PostAsync("/v1/access/keys", """{"name":"x","role":"admin","tenant_id":null}""")).Expect(201).Json;
        Assert.Equal("acme", (string?)made["tenant_id"]);
        (await Beta.GetAsync("/v1/access/keys")).Expect(200);
    }

    [Fact]
    public async Task The_live_view_shows_only_its_own()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var answer = await Admin.Http.GetAsync("/v1/audit/events/live", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        (await instance.As("beta writer").PostEventAsync("""{"id":"BETAMARK-live","action":"a.b","outcome":"success","actor":{"type":"user","id":"BETAMARK"}}""")).Expect(200);
        (await instance.As("acme writer").PostEventAsync("""{"id":"acme-live","action":"a.b","outcome":"success","actor":{"type":"user","id":"u"}}""")).Expect(200);
        var seen = new StringBuilder();
        while (!seen.ToString().Contains("acme-live", StringComparison.Ordinal)) seen.AppendLine(await reader.ReadLineAsync(limit.Token));
        Assert.DoesNotContain(Instance.Mark, seen.ToString(), StringComparison.Ordinal);
    }

    private static string Veza(string time, string call = "") =>
        $"/api/preview/system/audit{call}?page_size=100&filter={time}+GE+%22{TimeProvider.System.GetUtcNow().AddHours(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}%22";

    private static void HasNoMark(Answer answer, string echoes = "") =>
        Assert.DoesNotContain(Instance.Mark, answer.Text.Replace(echoes.Length == 0 ? "\0" : echoes, "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static string Shape(Answer answer, string name)
    {
        var json = answer.Json.AsObject();
        json.Remove("request_id");
        return json.ToJsonString().Replace(name, "NAME", StringComparison.Ordinal);
    }
}
