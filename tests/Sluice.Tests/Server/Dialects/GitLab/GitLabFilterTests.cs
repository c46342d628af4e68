namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>Event types and namespaces.</summary>
public sealed class GitLabFilterTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    private const string Add = "auditEventsStreamingDestinationInstanceEventsAdd", Remove = "auditEventsStreamingDestinationInstanceEventsRemove";

    [Fact]
    public async Task GL_26_GL_27_GL_28_Types_are_added_and_removed_all_or_none_of_them()
    {
        var destinationId = await gitlab.NewHttpAsync("filtered");
        Assert.False((bool)(await gitlab.RowAsync("filtered"))!["filtered"]!);

        Assert.Equal("""["user.login","user.logout"]""", GitLabServer.Json((await gitlab.MutateAsync(Add, new { destinationId, eventTypeFilters = new[] { "user.login", "user.logout" } }, "eventTypeFilters"))["eventTypeFilters"]));
        Assert.Equal("""["user.login","user.logout","ours.own"]""", GitLabServer.Json((await gitlab.MutateAsync(Add, new { destinationId, eventTypeFilters = "ours.own" }, "eventTypeFilters"))["eventTypeFilters"]));
        Assert.Equal("Validation failed: Audit event type has already been taken", await gitlab.RefusalAsync(Add, new { destinationId, eventTypeFilters = new[] { "role.assign", "user.login" } }));
        Assert.Equal("Validation failed: Audit event type with value a b is undefined.", await gitlab.RefusalAsync(Add, new { destinationId, eventTypeFilters = new[] { "role.assign", "a b" } }));
        Assert.Equal("Couldn't find event type filters where audit event type(s): x, y", await gitlab.RefusalAsync(Remove, new { destinationId, eventTypeFilters = new[] { "x", "user.login", "y" } }));
        Assert.True((bool)(await gitlab.RowAsync("filtered"))!["filtered"]!);
        Assert.Equal("", await gitlab.RefusalAsync(Remove, new { destinationId, eventTypeFilters = new[] { "user.login", "user.logout", "ours.own" } }));
        Assert.False((bool)(await gitlab.RowAsync("filtered"))!["filtered"]!);
        Assert.Equal("event type filters must be present", await gitlab.ErrorAsync($"mutation ($id: AuditEventsInstanceExternalAuditEventDestinationID!) {{ {Add}(input: {{destinationId: $id, eventTypeFilters: []}}) {{ errors }} }}", new { id = destinationId }));
    }

    [Fact]
    public async Task GL_26_A_groups_destination_of_the_consolidated_api_has_an_allow_list_and_a_deny_list()
    {
        var id = await GroupAsync("listed");
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsGroupDestinationEventsAdd", new { destinationId = id, eventTypeFilters = new[] { "user.login" } }));
        Assert.Equal("""["scan.run"]""", GitLabServer.Json((await gitlab.MutateAsync("auditEventsGroupDestinationDenylistEventsAdd", new { destinationId = id, eventTypeFilters = new[] { "scan.run" } }, "eventTypeFilters"))["eventTypeFilters"]));

        Assert.Equal("Event type(s) already on the denylist: scan.run", await gitlab.RefusalAsync("auditEventsGroupDestinationDenylistEventsAdd", new { destinationId = id, eventTypeFilters = new[] { "scan.run" } }));
        Assert.Equal("Event type(s) already on the allowlist and cannot be added to the denylist: user.login", await gitlab.RefusalAsync("auditEventsGroupDestinationDenylistEventsAdd", new { destinationId = id, eventTypeFilters = new[] { "user.login" } }));
        var row = (await gitlab.RowAsync("listed"))!;
        Assert.Equal(("""["user.login"]""", """["scan.run"]"""), (GitLabServer.Json(row["event_types"]), GitLabServer.Json(row["except_event_types"])));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsGroupDestinationDenylistEventsDelete", new { destinationId = id, eventTypeFilters = new[] { "scan.run" } }));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsGroupDestinationEventsDelete", new { destinationId = id, eventTypeFilters = new[] { "user.login" } }));
    }

    [Fact]
    public async Task A_destination_of_the_instance_is_narrowed_to_tenants()
    {
        var made = (await gitlab.MutateAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", config = new { url = "https://narrow.example/" }, name = "narrow" }, "externalAuditEventDestination { id }"))["externalAuditEventDestination"]!;
        const string create = "auditEventsInstanceDestinationNamespaceFilterCreate";
        var first = (await gitlab.MutateAsync(create, new { destinationId = made["id"], namespacePath = "acme \"1\"" }, "namespaceFilter { id namespace { fullPath } externalStreamingDestination { name } }"))["namespaceFilter"]!;
        Assert.Equal(("acme \"1\"", "narrow"), ((string?)first["namespace"]!["fullPath"], (string?)first["externalStreamingDestination"]!["name"]));
        foreach (var path in new[] { "b", "B", "d", "e" }) Assert.Equal("", await gitlab.RefusalAsync(create, new { destinationId = made["id"], namespacePath = path }));

        Assert.Equal("""["acme \"1\"","b","B","d","e"]""", GitLabServer.Json((await gitlab.RowAsync("narrow"))!["only_tenants"]));
        Assert.Equal("Namespace has already been taken", await gitlab.RefusalAsync(create, new { destinationId = made["id"], namespacePath = "b" }));
        Assert.Equal("Namespace filters are limited to 5 per destination", await gitlab.RefusalAsync(create, new { destinationId = made["id"], namespacePath = "f" }));
        foreach (var filter in (await gitlab.DataAsync("{ auditEventsInstanceStreamingDestinations { nodes { name namespaceFilters { id } } } }"))["auditEventsInstanceStreamingDestinations"]!["nodes"]!.AsArray().Single(node => (string?)node!["name"] == "narrow")!["namespaceFilters"]!.AsArray())
            Assert.Equal("", await gitlab.RefusalAsync("auditEventsInstanceDestinationNamespaceFilterDelete", new { namespaceFilterId = filter!["id"] }));
        Assert.Equal("[]", GitLabServer.Json((await gitlab.RowAsync("narrow"))!["only_tenants"]));
    }

    [Fact]
    public async Task A_filter_that_somebody_wrote_by_hand_stays_beside_namespaces()
    {
        await gitlab.Server.CallAsync("POST", "/v1/audit/siem", body: new { name = "by hand", provider = "http", endpoint = "https://hand.example/", filter = "outcome EQ \"denied\"", force = true });
        var node = (await gitlab.DataAsync("{ auditEventsInstanceStreamingDestinations { nodes { id name namespaceFilters { id } } } }"))["auditEventsInstanceStreamingDestinations"]!["nodes"]!.AsArray().Single(node => (string?)node!["name"] == "by hand")!;

        Assert.Empty(node["namespaceFilters"]!.AsArray());
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsInstanceDestinationNamespaceFilterCreate", new { destinationId = node["id"], namespacePath = "acme" }));
        var row = (await gitlab.RowAsync("by hand"))!;
        Assert.Equal(("outcome EQ \"denied\"", """["acme"]"""), ((string?)row["filter"], GitLabServer.Json(row["only_tenants"])));
    }

    [Fact]
    public async Task A_groups_destination_is_narrowed_within_the_group_only()
    {
        var id = await GroupAsync("inside");
        Assert.Equal("External streaming destination does not belong to the top-level group of the namespace.", await gitlab.RefusalAsync("auditEventsGroupDestinationNamespaceFilterCreate", new { destinationId = id, namespacePath = "beta" }));
        var filter = (await gitlab.MutateAsync("auditEventsGroupDestinationNamespaceFilterCreate", new { destinationId = id, namespacePath = "acme" }, "namespaceFilter { id }"))["namespaceFilter"]!;
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsGroupDestinationNamespaceFilterDelete", new { namespaceFilterId = filter["id"] }));

        const string add = "auditEventsStreamingHttpNamespaceFiltersAdd";
        var destinationId = id.Replace("Group::ExternalStreamingDestination", "ExternalAuditEventDestination", StringComparison.Ordinal);
        var legacy = (await gitlab.MutateAsync(add, new { destinationId, groupPath = "acme" }, "namespaceFilter { id namespace { name fullName } externalAuditEventDestination { namespaceFilter { id } } }"))["namespaceFilter"]!;
        Assert.Equal((string?)legacy["id"], (string?)legacy["externalAuditEventDestination"]!["namespaceFilter"]!["id"]);
        Assert.Equal("External audit event destination has already been taken", await gitlab.RefusalAsync(add, new { destinationId, groupPath = "acme" }));
        Assert.Equal("One and only one of [groupPath, projectPath] arguments is required.", await ErrorOfAsync(add, new { destinationId }));
        Assert.Equal("project_path is invalid", await ErrorOfAsync(add, new { destinationId, projectPath = "acme/p" }));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsStreamingHttpNamespaceFiltersDelete", new { namespaceFilterId = legacy["id"] }));
    }

    private Task<string> ErrorOfAsync(string mutation, object input) =>
        gitlab.ErrorAsync($"mutation ($input: AuditEventsStreamingHTTPNamespaceFiltersAddInput!) {{ {mutation}(input: $input) {{ errors }} }}", new { input });

    private async Task<string> GroupAsync(string name) => (string)(await gitlab.MutateAsync(
        "groupAuditEventStreamingDestinationsCreate", new { groupPath = "acme", category = "http", config = new { url = $"https://{name}.example/" }, name }, "externalAuditEventDestination { id }"))["externalAuditEventDestination"]!["id"]!;
}
