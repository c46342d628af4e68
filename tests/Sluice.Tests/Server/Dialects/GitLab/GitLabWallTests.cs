namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>Who sees and changes what.</summary>
public sealed class GitLabWallTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    private const string Unavailable = "The resource that you are attempting to access does not exist or you don't have permission to perform this action";

    private const string Everything =
        """
        { auditEventsInstanceStreamingDestinations { nodes { id secretToken } } instanceExternalAuditEventDestinations { nodes { id verificationToken } } instanceGoogleCloudLoggingConfigurations { nodes { id } }
          auditEventsInstanceAmazonS3Configurations { nodes { id } } group(fullPath: "acme") { externalAuditEventDestinations { nodes { id verificationToken } } externalAuditEventStreamingDestinations { nodes { id name } } } }
        """;

    private const string Nothing =
        """{"auditEventsInstanceStreamingDestinations":{"nodes":[]},"instanceExternalAuditEventDestinations":{"nodes":[]},"instanceGoogleCloudLoggingConfigurations":{"nodes":[]},"auditEventsInstanceAmazonS3Configurations":{"nodes":[]},"group":null}""";

    [Fact]
    public async Task GL_42_Nothing_is_there_before_somebody_makes_it()
    {
        await using var fresh = await RunningServer.StartAsync();
        var answer = await fresh.CallAsync("POST", "/api/graphql", body: new { query = Everything });

        const string empty = """{"externalAuditEventDestinations":{"nodes":[]},"externalAuditEventStreamingDestinations":{"nodes":[]}}""";
        Assert.Equal(Nothing.Replace("\"group\":null", "\"group\":" + empty, StringComparison.Ordinal), answer.Json.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("writer")]
    [InlineData("beta admin")]
    [InlineData("nobody")]
    public async Task GL_12_GL_25_Others_see_nothing_and_change_nothing_and_no_token_leaks(string holder)
    {
        var key = KeyOf(holder);
        var id = await gitlab.NewHttpAsync($"of the instance, {holder}".Replace(" ", "-"));
        var acme = await AcmeAsync($"of acme, {holder}");
        const string legacy = "instanceExternalAuditEventDestination";

        Assert.Equal(Nothing, GitLabServer.Json(await gitlab.DataAsync(Everything, key: key)));
        Assert.Equal("You do not have access to this mutation.", await gitlab.ErrorAsync($"mutation {{ {legacy}Create(input: {{destinationUrl: \"https://x.example\"}}) {{ errors }} }}", key: key));
        Assert.Equal("You do not have access to this mutation.", await gitlab.ErrorAsync($"mutation ($id: AuditEventsInstanceExternalAuditEventDestinationID!) {{ auditEventsStreamingInstanceHeadersCreate(input: {{destinationId: $id, key: \"a\", value: \"b\"}}) {{ errors }} }}", new { id }, key));
        Assert.Equal(Unavailable, await gitlab.ErrorAsync("mutation { instanceAuditEventStreamingDestinationsCreate(input: {category: \"http\", config: {url: \"https://x.example\"}}) { errors } }", key: key));
        Assert.Equal(Unavailable, await gitlab.ErrorAsync("mutation { groupAuditEventStreamingDestinationsCreate(input: {groupPath: \"acme\", category: \"http\", config: {url: \"https://x.example\"}}) { errors } }", key: key));
        Assert.Equal(Unavailable, await gitlab.ErrorAsync("mutation ($id: AuditEventsExternalAuditEventDestinationID!) { externalAuditEventDestinationDestroy(input: {id: $id}) { errors } }", new { id = acme }, key));
        Assert.Equal(Unavailable, await gitlab.ErrorAsync("mutation ($id: AuditEventsExternalAuditEventDestinationID!) { auditEventsStreamingDestinationEventsAdd(input: {destinationId: $id, eventTypeFilters: []}) { errors } }", new { id = acme }, key));
        Assert.NotNull(await gitlab.RowAsync($"of acme, {holder}"));
    }

    [Fact]
    public async Task GL_02_A_group_has_its_own_and_its_admin_manages_them()
    {
        var id = await AcmeAsync("managed", gitlab.AcmeAdmin);
        await gitlab.NewHttpAsync("not-acmes");
        var data = await gitlab.DataAsync("{ group(fullPath: \"acme\") { id name fullPath externalAuditEventDestinations { nodes { id name group { fullPath } } } } beta: group(fullPath: \"beta\") { id } sluice: group(fullPath: \"_sluice\") { id } instanceExternalAuditEventDestinations { nodes { id } } }", key: gitlab.AcmeAdmin);

        Assert.Equal("acme", (string?)data["group"]!["fullPath"]);
        Assert.Contains(data["group"]!["externalAuditEventDestinations"]!["nodes"]!.AsArray(), node => (string?)node!["id"] == id && (string?)node["group"]!["fullPath"] == "acme");
        Assert.DoesNotContain("not-acmes", data.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(data["beta"]);
        Assert.Null(data["sluice"]);
        Assert.Equal("acme", (string?)(await gitlab.RowAsync("managed"))!["tenant_id"]);
        Assert.Equal("", await gitlab.RefusalAsync("externalAuditEventDestinationUpdate", new { id, name = "managed 2" }, gitlab.AcmeAdmin));
        Assert.Equal("", await gitlab.RefusalAsync("externalAuditEventDestinationDestroy", new { id }, gitlab.AcmeAdmin));
    }

    [Fact]
    public async Task A_groups_destination_is_none_of_the_instances_by_whatever_id()
    {
        var id = (await AcmeAsync("by id")).Replace("ExternalAuditEventDestination", "InstanceExternalAuditEventDestination", StringComparison.Ordinal);

        Assert.Equal(Unavailable, await gitlab.ErrorAsync("mutation ($id: AuditEventsInstanceExternalAuditEventDestinationID!) { instanceExternalAuditEventDestinationDestroy(input: {id: $id}) { errors } }", new { id }));
    }

    [Fact]
    public async Task Lists_are_paged_newest_first()
    {
        foreach (var name in new[] { "p1", "p2", "p3", "p4", "p5" })
        {
            await gitlab.MutateAsync("externalAuditEventDestinationCreate", new { groupPath = "paged", name, destinationUrl = $"https://{name}.example/" });
            gitlab.Server.Time.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.Equal("p5 p4 | True False", await PageAsync("first: 2"));
        Assert.Equal("p3 p2 | True True", await PageAsync($"first: 2, after: \"{await CursorAsync("first: 2", "endCursor")}\""));
        Assert.Equal("p1 | False True", await PageAsync($"after: \"{await CursorAsync("first: 4", "endCursor")}\""));
        Assert.Equal("p2 p1 | False True", await PageAsync("last: 2"));
        Assert.Equal("p4 p3 | True True", await PageAsync($"last: 2, before: \"{await CursorAsync("last: 2", "startCursor")}\""));
        Assert.Equal("p5 p4 p3 p2 p1 | False False", await PageAsync("first: 1000"));
        Assert.Equal("Can only provide either `first` or `last`, not both", await gitlab.ErrorAsync("{ auditEventDefinitions(first: 1, last: 1) { nodes { name } } }"));
        Assert.Equal("Please provide a valid cursor", await gitlab.ErrorAsync("{ auditEventDefinitions(after: \"x\") { nodes { name } } }"));
    }

    [Fact]
    public async Task Fragments_on_interfaces_tell_what_all_have()
    {
        await AcmeAsync("fragments");
        var data = await gitlab.DataAsync(
            """
            { group(fullPath: "acme") { externalAuditEventStreamingDestinations { __typename edges { cursor node { __typename ...All } } } externalAuditEventDestinations { nodes { ... on ExternalAuditEventDestinationInterface { name destinationUrl } } } } }
            fragment All on AuditEventStreamingDestinationInterface { __typename id name category config active }
            """);

        Assert.Contains("\"__typename\":\"GroupAuditEventStreamingDestination\"", data.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("\"destinationUrl\":\"https://fragments.example/\"", data.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string arguments)
    {
        var page = (await gitlab.DataAsync($"{{ group(fullPath: \"paged\") {{ externalAuditEventDestinations({arguments}) {{ nodes {{ name }} pageInfo {{ hasNextPage hasPreviousPage }} }} }} }}"))["group"]!["externalAuditEventDestinations"]!;
        return $"{string.Join(' ', page["nodes"]!.AsArray().Select(node => (string?)node!["name"]))} | {(bool)page["pageInfo"]!["hasNextPage"]!} {(bool)page["pageInfo"]!["hasPreviousPage"]!}";
    }

    private async Task<string> CursorAsync(string arguments, string cursor) =>
        (string)(await gitlab.DataAsync($"{{ group(fullPath: \"paged\") {{ externalAuditEventDestinations({arguments}) {{ pageInfo {{ {cursor} }} }} }} }}"))["group"]!["externalAuditEventDestinations"]!["pageInfo"]![cursor]!;

    private async Task<string> AcmeAsync(string name, string key = RunningServer.AdminKey) => (string)(await gitlab.MutateAsync(
        "externalAuditEventDestinationCreate", new { groupPath = "acme", name, destinationUrl = $"https://{name.Replace(" ", "-", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)}.example/" }, "externalAuditEventDestination { id }", key))["externalAuditEventDestination"]!["id"]!;

    private string? KeyOf(string holder) => holder switch
    {
        "reader" => gitlab.Reader,
        "writer" => gitlab.Writer,
        "beta admin" => gitlab.BetaAdmin,
        _ => null,
    };
}
