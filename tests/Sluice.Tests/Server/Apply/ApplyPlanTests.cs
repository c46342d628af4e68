using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Server.Apply;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Apply;

public sealed class ApplyPlanTests
{
    private const string Soc = "  - {name: SOC, provider: webhook, endpoint: {env: 'https://siem.example.com/in?token=abcdef'}, secret: {env: s1}, event_types: [user.*]}\n";

    private readonly SimulatedServer _server = new();

    [Fact]
    public void What_the_server_does_not_have_is_created()
    {
        var create = Assert.IsType<PlannedStep.Create>(Assert.Single(Plan(Soc).Steps));
        Assert.Equal("""{"name":"SOC","provider":"webhook","endpoint":"https://siem.example.com/in?token=abcdef","secret":"s1","event_types":["user.*"]}""", create.Body().ToJsonString());
    }

    [Fact]
    public void What_is_the_same_is_unchanged_and_its_secret_not_compared()
    {
        _server.Apply(Plan(Soc));
        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan(Soc.Replace("s1", "s2", StringComparison.Ordinal)).Steps));
    }

    [Fact]
    public void Secrets_are_sent_again_when_that_is_asked_for()
    {
        _server.Apply(Plan(Soc));
        var update = Update(Soc, new ApplyChoices(Secrets: true));
        Assert.Equal("""{"secret":"s1","endpoint":"https://siem.example.com/in?token=abcdef"}""", update.Body().ToJsonString());
    }

    [Fact]
    public void A_secret_that_is_not_set_is_set()
    {
        _server.Create(JsonNode.Parse("""{"name":"SOC","provider":"webhook","endpoint":"https://siem.example.com/in?token=abcdef","event_types":["user.*"]}""")!.AsObject());
        Assert.Equal([new MemberChange("secret", "not set", "set", false)], Update(Soc).Changes);
    }

    [Fact]
    public void Changed_members_are_shown_old_and_new_and_drift_apart_from_them()
    {
        const string file = "  - {name: SOC, provider: webhook, endpoint: 'https://siem.example.com/in', event_types: [user.*]}\n";
        _server.Apply(Plan(file));
        _server.Change(0, """{"event_types":[],"filter":"outcome EQ \"denied\"","next_secret":"s9","profile":"ecs","endpoint":"https://other.example.com/?key=hunter2"}""");

        var update = Update(file);

        Assert.Equal(
            [
                new MemberChange("endpoint", "\"https://other.example.com/?key=***\"", "\"https://siem.example.com/in\"", false),
                new MemberChange("profile", "\"ecs\"", "\"sluice\"", true),
                new MemberChange("filter", """
                "outcome EQ \"denied\""
                """, "null", true),
                new MemberChange("event_types", "[]", """["user.*"]""", false),
                new MemberChange("next_secret", "set", "not set", true),
            ],
            update.Changes);
        Assert.Equal("""{"endpoint":"https://siem.example.com/in","profile":null,"filter":null,"event_types":["user.*"],"next_secret":null}""", update.Body().ToJsonString());
    }

    [Fact]
    public void A_list_of_headers_is_compared_with_all_that_is_shown_of_it()
    {
        const string two = "  - {name: A, provider: webhook, endpoint: 'https://h.example', headers: [{name: X-A, value: b, active: false}, {name: X-Key, value: {env: c}}]}\n", none = "  - {name: A, provider: webhook, endpoint: 'https://h.example'}\n";
        _server.Apply(Plan(two));
        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan(two).Steps));
        _server.Change(0, """{"headers":[{"name":"X-A","value":"b"},{"name":"X-Key"}]}""");

        Assert.Equal("""{"headers":[{"name":"X-A","value":"b","active":false},{"name":"X-Key","value":"c"}]}""", Update(two).Body().ToJsonString());
        var cleared = Update(none);
        Assert.Equal(("[]", true), (Assert.Single(cleared.Changes).To, cleared.Changes[0].IsDrift));
        Assert.Equal("""{"headers":null}""", cleared.Body().ToJsonString());
    }

    [Fact]
    public void What_is_cleared_in_the_file_is_no_drift()
    {
        _server.Apply(Plan("  - {name: A, provider: stdout, filter: 'outcome EQ \"denied\"'}\n"));
        Assert.Equal([new MemberChange("filter", "\"outcome EQ \\\"denied\\\"\"", "null", false)], Update("  - {name: A, provider: stdout, filter: null}\n").Changes);
    }

    [Fact]
    public void Of_long_values_the_parts_that_differ_are_shown()
    {
        static string Of(string last) => $"  - {{name: A, provider: stdout, event_types: [{string.Join(", ", Enumerable.Range(0, 40).Select(i => $"user.{i}"))}, {last}]}}\n";
        _server.Apply(Plan(Of("key.made")));

        var change = Assert.Single(Update(Of("key.lost")).Changes);
        Assert.Equal(("….38\",\"user.39\",\"key.made\"]", "….38\",\"user.39\",\"key.lost\"]"), (change.From, change.To));
    }

    [Fact]
    public void A_verification_token_that_would_change_is_refused_before_anything_happens()
    {
        const string file = "  - {name: G, provider: http, endpoint: 'https://g.example', verification_token: {env: a-token-for-a-life}}\n";
        _server.Apply(Plan(file));

        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan(file).Steps));
        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan("  - {name: G, provider: http, endpoint: 'https://g.example', verification_token: null}\n").Steps));
        var refused = Refused(file.Replace("for-a-life", "for-a-while", StringComparison.Ordinal));
        Assert.Contains("d.yaml:2:62: G: A destination keeps its verification_token", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_from_a_changefeed_is_changed_with_it_and_is_no_drift()
    {
        static string Feed(string bucket, string where) => $"  - {{name: G, provider: gcs, credentials: {{env: '{ServiceAccount.Base64()}'}}, changefeed: \"CREATE CHANGEFEED INTO 'gs://{bucket}/events' AS SELECT owner, created_at FROM eventstore.events2 WHERE event_type {where};\"}}\n";
        _server.Apply(Plan(Feed("one", "IN ('user.created')")));
        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan(Feed("one", "IN ('user.created')")).Steps));

        var update = Update(Feed("other", "IN ('user.removed')"));

        Assert.Equal(["event_types", "changefeed", "bucket"], update.Changes.Select(change => change.Member));
        Assert.DoesNotContain(update.Changes, change => change.IsDrift);
        _server.Apply(Plan(Feed("other", "IN ('user.removed')")));
        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan(Feed("other", "IN ('user.removed')")).Steps));
        Assert.IsType<PlannedStep.Update>(Assert.Single(Plan(Feed("other", "IN ('user.removed')"), new ApplyChoices(Secrets: true)).Steps));
    }

    [Fact]
    public void What_Sluice_makes_up_and_where_a_stream_began_are_no_drift()
    {
        _server.Create(JsonNode.Parse("""{"name":"G","provider":"http","endpoint":"https://g.example.com","start_from":"beginning"}""")!.AsObject());
        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan("  - {name: G, provider: http, endpoint: 'https://g.example.com'}\n").Steps));
    }

    [Fact]
    public void What_the_file_only_refers_to_is_not_shown()
    {
        const string file = "destinations:\n  - {name: S, provider: stdout, filter: {env: F}}\n";
        _server.Apply(ApplyPlan.Of(Declared.File(file, _ => "outcome EQ \"denied\""), [], false, new()));
        var plan = ApplyPlan.Of(Declared.File(file, _ => "outcome EQ \"failure\""), _server.List(), false, new());

        var update = Assert.IsType<PlannedStep.Update>(Assert.Single(plan.Steps));
        Assert.Equal([new MemberChange("filter", "(another value)", "(referred to)", false)], update.Changes);
        Assert.Equal("outcome EQ \"failure\"", (string?)update.Body()["filter"]);
    }

    [Fact]
    public void What_a_part_of_a_member_refers_to_is_not_shown_either()
    {
        const string file = "destinations:\n  - {name: S, provider: webhook, endpoint: 'https://h.example', headers: [{name: X-Id, value: {env: V}}]}\n";
        _server.Apply(ApplyPlan.Of(Declared.File(file, _ => "old \"quoted\""), [], false, new()));
        var plan = ApplyPlan.Of(Declared.File(file, _ => "new \"quoted\""), _server.List(), false, new());

        var change = Assert.Single(Assert.IsType<PlannedStep.Update>(Assert.Single(plan.Steps)).Changes);
        Assert.Equal(("(another value)", """[{"name":"X-Id","value":"***","active":true,"secret":false}]"""), (change.From, change.To));
    }

    [Fact]
    public void What_only_the_server_has_stays_unless_it_is_pruned()
    {
        _server.Apply(Plan(Soc));

        Assert.IsType<PlannedStep.Extra>(Assert.Single(Plan("").Steps));
        Assert.False(Plan("").HasChanges);
        Assert.IsType<PlannedStep.Delete>(Assert.Single(Plan("", new ApplyChoices(Prune: true)).Steps));
    }

    [Fact]
    public void A_file_about_one_tenant_leaves_the_others_alone()
    {
        _server.Apply(Plan("  - {name: A, provider: stdout}\n  - {name: A, provider: stdout, tenant_id: acme}\n  - {name: B, provider: stdout, tenant_id: acme}\n  - {name: C, provider: stdout, tenant_id: globex}\n"));

        var plan = Plan("  - {name: A, provider: stdout}\n", new ApplyChoices("acme", Prune: true));

        Assert.Equal(["A [acme] unchanged", "B [acme] delete"], plan.Steps.Select(step => $"{step.Title} {PlanText.Verb(step)}"));
        Assert.Contains("d.yaml:2:33: A: it is tenant globex's, and --tenant is acme.", Refused("  - {name: A, provider: stdout, tenant_id: globex}\n", new ApplyChoices("acme")), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_tenant_s_key_everything_is_that_tenant_s()
    {
        _server.Apply(Plan("  - {name: A, provider: stdout, tenant_id: acme}\n"));

        Assert.IsType<PlannedStep.Unchanged>(Assert.Single(Plan("  - {name: A, provider: stdout}\n", isTenantsKey: true).Steps));
        Assert.IsType<PlannedStep.Create>(Plan("  - {name: A, provider: stdout}\n").Steps[0]);
        Assert.Contains("a name is given once", Refused("  - {name: A, provider: stdout}\n  - {name: A, provider: stdout, tenant_id: acme}\n", isTenantsKey: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_that_would_change_is_refused() =>
        Assert.Contains("d.yaml:2:17: SOC: on the server it is of provider webhook, which never changes.", AfterSoc("  - {name: SOC, provider: stdout}\n"), StringComparison.Ordinal);

    [Fact]
    public void Two_of_a_name_on_the_server_are_refused_with_their_ids()
    {
        _server.Create(JsonNode.Parse("""{"name":"SOC","provider":"stdout"}""")!.AsObject());
        var refusal = AfterSoc(Soc);
        Assert.Contains($"the server has 2 destinations of this name: {_server.List()[0]["id"]}, {_server.List()[1]["id"]}.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Destinations_that_are_being_deleted_are_gone()
    {
        _server.Apply(Plan(Soc));
        var listed = _server.List();
        listed[0]["status"] = "deleting";

        Assert.IsType<PlannedStep.Create>(Assert.Single(ApplyPlan.Of(Declared.File("destinations:\n" + Soc), listed, false, new(Prune: true)).Steps));
    }

    [Fact]
    public void After_a_plan_is_applied_there_is_nothing_to_do() =>
        Prop.ForAll(Files().ToArbitrary(), Files().ToArbitrary(), (before, after) =>
        {
            var server = new SimulatedServer();
            server.Apply(ApplyPlan.Of(Declared.File(before), [], false, new()));
            server.Apply(ApplyPlan.Of(Declared.File(after), server.List(), false, new(Prune: true)));
            var next = ApplyPlan.Of(Declared.File(after), server.List(), false, new(Prune: true));
            Assert.All(next.Steps, step => Assert.IsType<PlannedStep.Unchanged>(step));
        }).QuickCheckThrowOnFailure();

    /// <summary>Up to three destinations, with any of a few members.</summary>
    private static Gen<string> Files()
    {
        string[] common = ["enabled: false", "filter: 'outcome EQ \"denied\"'", "event_types: [user.*, a.b]", "except_event_types: [scan.*]", "fields: [id, actor]", "mask_personal: true", "profile: ecs", "start_from: now", "filter: null", "force: true"];
        return from soc in Entry("name: SOC, provider: webhook, endpoint: {env: 'https://h.example/in?t=abcd'}", [.. common, "secret: {env: s1}", "framing: ndjson", "compression: gzip", "headers: [{name: X-A, value: b}, {name: X-Key, value: {env: c}}]", "secret: null"])
               from http in Entry("name: G, provider: http, endpoint: 'https://g.example'", [.. common, "content_type: application/json", "headers: [{name: Authorization, value: {env: abc}, active: false}]"])
               from its in Entry("name: SOC, provider: splunk, tenant_id: acme, endpoint: 'https://s.example', token: {env: t}", [.. common, "index: main"])
               select soc + http + its is { Length: > 0 } all ? $"destinations:\n{all}" : "destinations: []\n";
    }

    private static Gen<string> Entry(string required, string[] members) =>
        from isThere in Gen.Elements(true, true, false)
        from chosen in Gen.SubListOf(members)
        let text = string.Join(", ", chosen.DistinctBy(member => member.Split(':')[0]).Prepend(required))
        select isThere ? $"  - {{{text}}}\n" : "";

    private string AfterSoc(string destinations)
    {
        _server.Apply(ApplyPlan.Of(Declared.File("destinations:\n" + Soc), [], false, new()));
        return Refused(destinations);
    }

    private string Refused(string destinations, ApplyChoices? choices = null, bool isTenantsKey = false) =>
        Assert.Throws<ApplyException>(() => Plan(destinations, choices, isTenantsKey)).Message;

    private PlannedStep.Update Update(string destinations, ApplyChoices? choices = null) => Assert.IsType<PlannedStep.Update>(Assert.Single(Plan(destinations, choices).Steps));

    private ApplyPlan Plan(string destinations, ApplyChoices? choices = null, bool isTenantsKey = false) =>
        ApplyPlan.Of(Declared.File(destinations.Length == 0 ? "destinations: []\n" : "destinations:\n" + destinations), _server.List(), isTenantsKey, choices ?? new());
}
