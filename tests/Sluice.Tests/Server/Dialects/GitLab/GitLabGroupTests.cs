using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>GL-02: a group's destination gets what happens in the group, its subgroups and projects, and nothing of others.</summary>
public sealed class GitLabGroupTests(GitLabServer gitlab) : IClassFixture<GitLabServer>, IAsyncLifetime
{
    private const string Create = "groupAuditEventStreamingDestinationsCreate", Narrow = "auditEventsGroupDestinationNamespaceFilterCreate", Widen = "auditEventsGroupDestinationNamespaceFilterDelete";
    private const string Foreign = "External streaming destination does not belong to the top-level group of the namespace.";

    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task GL_02_It_gets_the_groups_the_subgroups_and_the_projects_events_and_no_others()
    {
        await gitlab.BelongAsync("top", "team");
        await gitlab.BelongAsync("team", "team/project");
        await gitlab.BelongAsync("sibling", "sibling-project");
        await GroupAsync("top", "new");
        Assert.Equal("", await gitlab.RefusalAsync("externalAuditEventDestinationCreate", new { groupPath = "top", destinationUrl = Url("legacy") }));

        await gitlab.HappenAsync("sibling", "top", "sibling-project", "team", "top/like-a-path", "team/project", "topmost", "TOP", "top");

        foreach (var path in new[] { "new", "legacy" }) await ArrivedAsync(path, "top", "team", "team/project", "top");
    }

    [Fact]
    public async Task A_subgroup_counts_from_when_it_is_added_until_it_is_moved_away()
    {
        await GroupAsync("grown", "grown");
        await gitlab.HappenAsync("late", "grown");
        await ArrivedAsync("grown", "grown");

        await gitlab.BelongAsync("grown", "late");
        await gitlab.HappenAsync("late", "grown");
        await ArrivedAsync("grown", "grown", "late", "grown");

        await gitlab.BelongAsync("another", "late");
        await gitlab.HappenAsync("late", "grown");
        await ArrivedAsync("grown", "grown", "late", "grown", "grown");
    }

    [Fact]
    public async Task A_namespace_filter_takes_what_is_below_the_group_with_all_below_that_and_refuses_others()
    {
        await gitlab.BelongAsync("root", "branch", "twig");
        await gitlab.BelongAsync("branch", "leaf");
        await gitlab.BelongAsync("elsewhere", "foreign");
        var id = await GroupAsync("root", "root");
        foreach (var path in new[] { "elsewhere", "foreign", "root/branch", "nobody" }) Assert.Equal(Foreign, await gitlab.RefusalAsync(Narrow, new { destinationId = id, namespacePath = path }));
        var branch = (await gitlab.MutateAsync(Narrow, new { destinationId = id, namespacePath = "branch" }, "namespaceFilter { id namespace { fullPath } }"))["namespaceFilter"]!;
        Assert.Equal("branch", (string?)branch["namespace"]!["fullPath"]);

        await gitlab.HappenAsync("root", "twig", "branch", "leaf", "foreign", "branch");
        await ArrivedAsync("root", "branch", "leaf", "branch");
        await gitlab.BelongAsync("leaf", "bud");
        Assert.Equal("", await gitlab.RefusalAsync(Narrow, new { destinationId = id, namespacePath = "root" }));
        await gitlab.HappenAsync("bud", "foreign", "root");
        await ArrivedAsync("root", "branch", "leaf", "branch", "bud", "root");
        Assert.Equal("", await gitlab.RefusalAsync(Widen, new { namespaceFilterId = branch["id"] }));
        Assert.Equal("""["root"]""", GitLabServer.Json((await gitlab.RowAsync("root"))!["only_tenants"]));
    }

    [Fact]
    public async Task The_legacy_filter_takes_a_subgroup_or_a_project_and_refuses_others()
    {
        const string add = "auditEventsStreamingHttpNamespaceFiltersAdd";
        await gitlab.BelongAsync("old", "old-project");
        await gitlab.BelongAsync("strange", "strange-project");
        var destinationId = (string)(await gitlab.MutateAsync("externalAuditEventDestinationCreate", new { groupPath = "old", destinationUrl = Url("old") }, "externalAuditEventDestination { id }"))["externalAuditEventDestination"]!["id"]!;
        foreach (var input in new object[] { new { destinationId, groupPath = "strange" }, new { destinationId, projectPath = "strange-project" } })
            Assert.Equal("External audit event destination does not belong to the top-level group of the namespace.", await gitlab.RefusalAsync(add, input));
        Assert.Equal("", await gitlab.RefusalAsync(add, new { destinationId, projectPath = "old-project" }));

        await gitlab.HappenAsync("old", "strange-project", "old-project");

        await ArrivedAsync("old", "old-project");
    }

    [Fact]
    public async Task A_destination_of_the_instance_is_narrowed_to_a_group_with_all_below_it()
    {
        await gitlab.BelongAsync("wide", "wide-project");
        var made = (await gitlab.MutateAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", config = new { url = Url("wide") }, name = "wide" }, "externalAuditEventDestination { id }"))["externalAuditEventDestination"]!;
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsInstanceDestinationNamespaceFilterCreate", new { destinationId = made["id"], namespacePath = "wide" }));

        await gitlab.HappenAsync("narrow", "wide-project", "wide");

        await ArrivedAsync("wide", "wide-project", "wide");
    }

    [Fact]
    public async Task A_subgroup_has_no_destinations_of_its_own_and_one_that_it_had_before_goes_on()
    {
        var before = await GroupAsync("moved", "moved");
        await gitlab.BelongAsync("above", "moved");

        Assert.Equal("Group must not be a subgroup. Use a top-level group.", await gitlab.RefusalAsync(Create, new { groupPath = "moved", category = "http", config = new { url = Url("x") } }));
        Assert.Equal("Group must not be a subgroup", await gitlab.RefusalAsync("externalAuditEventDestinationCreate", new { groupPath = "moved", destinationUrl = Url("x") }));
        Assert.Equal("", await gitlab.RefusalAsync("groupAuditEventStreamingDestinationsUpdate", new { id = before, name = "moved on" }));
        await gitlab.HappenAsync("above", "moved");
        await ArrivedAsync("moved", "moved");
    }

    [Fact]
    public async Task A_groups_own_admin_streams_its_projects_and_still_is_no_admin_of_theirs()
    {
        await gitlab.BelongAsync("acme", "acme-web");
        await GroupAsync("acme", "own", gitlab.AcmeAdmin);

        await gitlab.HappenAsync("beta", "acme-web", "acme");

        await ArrivedAsync("own", "acme-web", "acme");
        Assert.Null((await gitlab.DataAsync("{ group(fullPath: \"acme-web\") { id } }", key: gitlab.AcmeAdmin))["group"]);
    }

    [Fact]
    public async Task A_destination_without_children_is_not_narrowed_to_them()
    {
        await gitlab.BelongAsync("plain", "plain-project");
        await gitlab.Server.CallAsync("POST", "/v1/audit/siem", body: new { name = "plain", provider = "http", endpoint = Url("plain"), tenant_id = "plain" });
        var id = (await gitlab.DataAsync("{ group(fullPath: \"plain\") { externalAuditEventStreamingDestinations { nodes { id } } } }"))["group"]!["externalAuditEventStreamingDestinations"]!["nodes"]![0]!["id"];

        Assert.Equal(Foreign, await gitlab.RefusalAsync(Narrow, new { destinationId = id, namespacePath = "plain-project" }));
        Assert.Equal("", await gitlab.RefusalAsync(Narrow, new { destinationId = id, namespacePath = "plain" }));
    }

    private string Url(string path) => new Uri(_receiver.Address, path).AbsoluteUri;

    private async Task<string> GroupAsync(string group, string name, string key = RunningServer.AdminKey) => (string)(await gitlab.MutateAsync(
        Create, new { groupPath = group, category = "http", config = new { url = Url(name) }, name }, "externalAuditEventDestination { id }", key))["externalAuditEventDestination"]!["id"]!;

    /// <summary>These came so far, in this order: the last one has been waited for, so none before it comes any more.</summary>
    private async Task ArrivedAsync(string path, params string[] tenants)
    {
        await StreamHarness.UntilNowAsync(() => Came().Length >= tenants.Length);
        Assert.Equal(tenants, Came());

        string[] Came() => [.. _receiver.Requests.Where(request => request.Path == $"/{path}").Select(request => (string)JsonNode.Parse(request.Body)!["entity_path"]!)];
    }
}
