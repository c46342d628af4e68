namespace Sluice.Tests.Server.Dialects.GitLab;

public sealed class GitLabHeaderTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    private const string Create = "auditEventsStreamingInstanceHeadersCreate", Update = "auditEventsStreamingInstanceHeadersUpdate", Destroy = "auditEventsStreamingInstanceHeadersDestroy";

    [Fact]
    public async Task GL_05_Twenty_headers_are_taken_and_the_21st_is_not_also_of_many_at_once()
    {
        var destinationId = await gitlab.NewHttpAsync("twenty");

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => gitlab.RefusalAsync(Create, new { destinationId, key = $"X-{i}", value = "v" })));

        Assert.Equal((20, 5), (answers.Count(answer => answer.Length == 0), answers.Count(answer => answer == "Headers are limited to 20 per destination")));
        Assert.Equal(20, (await gitlab.RowAsync("twenty"))!["headers"]!.AsArray().Count);
    }

    [Fact]
    public async Task GL_06_GL_07_GL_08_A_header_is_added_changed_and_removed_and_others_stay()
    {
        var destinationId = await gitlab.NewHttpAsync("headers");
        var token = (string?)(await gitlab.RowAsync("headers"))!["verification_token"];
        var first = (await gitlab.MutateAsync(Create, new { destinationId, key = "X-One", value = "1" }, "header { id key value active }"))["header"]!;
        var second = (await gitlab.MutateAsync(Create, new { destinationId, key = "X-Two", value = "2", active = false }, "header { id active }"))["header"]!;
        Assert.Equal((true, false, "X-One", "1"), ((bool)first["active"]!, (bool)second["active"]!, (string?)first["key"], (string?)first["value"]));

        var changed = (await gitlab.MutateAsync(Update, new { headerId = first["id"], value = "1b", active = false }, "header { id key value active }"))["header"]!;
        Assert.Equal(((string?)first["id"], "X-One", "1b", false), ((string?)changed["id"], (string?)changed["key"], (string?)changed["value"], (bool)changed["active"]!));
        var renamed = (await gitlab.MutateAsync(Update, new { headerId = first["id"], key = "X-Uno" }, "header { id value }"))["header"]!;
        Assert.Equal("1b", (string?)renamed["value"]);
        Assert.Equal("", await gitlab.RefusalAsync(Destroy, new { headerId = renamed["id"] }));

        var row = (await gitlab.RowAsync("headers"))!;
        Assert.Equal("""[{"name":"X-Two","value":"2","active":false,"secret":false}]""", GitLabServer.Json(row["headers"]));
        Assert.Equal(token, (string?)row["verification_token"]);
        Assert.Contains("does not exist or you don't have permission", await gitlab.ErrorAsync($"mutation ($input: AuditEventsStreamingInstanceHeadersDestroyInput!) {{ {Destroy}(input: $input) {{ errors }} }}", new { input = new { headerId = renamed["id"] } }));
    }

    [Theory]
    [InlineData("X-Gitlab-Event-Streaming-TOKEN", "v", "Key cannot be X-Gitlab-Event-Streaming-Token")]
    [InlineData(" ", "v", "Key can't be blank")]
    [InlineData("X-V", "", "Value can't be blank")]
    [InlineData("X-Taken", "v", "Key has already been taken")]
    [InlineData("Host", "v", "headers: Header Host belongs to the connection or the signature and cannot be set.")]
    public async Task GL_24_A_header_is_judged(string key, string value, string message)
    {
        var destinationId = await gitlab.NewHttpAsync($"judged {key} {value}".Replace(" ", "-"));
        await gitlab.RefusalAsync(Create, new { destinationId, key = "X-Taken", value = "v" });

        Assert.Equal(message, await gitlab.RefusalAsync(Create, new { destinationId, key, value }));
        Assert.Equal("Value is too long (maximum is 2000 characters)", await gitlab.RefusalAsync(Create, new { destinationId, key = "X-Long", value = new string('v', 2_001) }));
    }

    [Fact]
    public async Task A_refused_change_shows_the_header_as_it_stays()
    {
        var destinationId = await gitlab.NewHttpAsync("stays");
        await gitlab.RefusalAsync(Create, new { destinationId, key = "X-A", value = "a" });
        var header = (await gitlab.MutateAsync(Create, new { destinationId, key = "X-B", value = "b" }, "header { id }"))["header"]!;

        var refused = await gitlab.MutateAsync(Update, new { headerId = header["id"], key = "x-a" }, "header { key value }");

        Assert.Equal(("""["Key has already been taken"]""", """{"key":"X-B","value":"b"}"""), (GitLabServer.Json(refused["errors"]), GitLabServer.Json(refused["header"])));
    }

    [Fact]
    public async Task A_secret_header_keeps_its_value_to_itself_when_others_change_too()
    {
        var destinationId = await gitlab.NewHttpAsync("secretive");
        var header = (await gitlab.MutateAsync(Create, new { destinationId, key = "Authorization", value = "Bearer hush" }, "header { id value }"))["header"]!;
        await gitlab.RefusalAsync(Create, new { destinationId, key = "X-Other", value = "o" });
        Assert.Equal("", await gitlab.RefusalAsync(Update, new { headerId = header["id"], value = "***", active = false }));

        Assert.Equal("***", (string?)header["value"]);
        Assert.DoesNotContain("hush", (await gitlab.AskAsync("{ instanceExternalAuditEventDestinations { nodes { headers { nodes { value } } } } auditEventsInstanceStreamingDestinations { nodes { config } } }")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Bearer hush", await WholeAsync("secretive", "Authorization"));
    }

    [Fact]
    public async Task GL_31_The_content_type_is_overridden_by_a_header()
    {
        var destinationId = await gitlab.NewHttpAsync("typed");

        Assert.Equal("", await gitlab.RefusalAsync(Create, new { destinationId, key = "Content-Type", value = "application/json" }));
        Assert.Equal("application/json", await WholeAsync("typed", "Content-Type"));
    }

    [Fact]
    public async Task A_group_has_headers_of_its_own()
    {
        var made = (await gitlab.MutateAsync("externalAuditEventDestinationCreate", new { groupPath = "acme", destinationUrl = "https://grouped.example/", name = "grouped" }, "externalAuditEventDestination { id }"))["externalAuditEventDestination"]!;
        var header = (await gitlab.MutateAsync("auditEventsStreamingHeadersCreate", new { destinationId = made["id"], key = "X-G", value = "g" }, "header { id __typename }"))["header"]!;

        Assert.Equal("AuditEventStreamingHeader", (string?)header["__typename"]);
        Assert.StartsWith("gid://gitlab/AuditEvents::Streaming::Header/", (string?)header["id"]);
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsStreamingHeadersUpdate", new { headerId = header["id"], active = false }));
        Assert.Equal("", await gitlab.RefusalAsync("auditEventsStreamingHeadersDestroy", new { headerId = header["id"] }));
    }

    [Fact]
    public async Task A_header_for_no_destination_is_told_as_GitLab_tells_it() => Assert.Equal(
        "Please provide valid destination id.",
        await gitlab.ErrorAsync($"mutation {{ {Create}(input: {{destinationId: \"gid://gitlab/AuditEvents::InstanceExternalAuditEventDestination/1\", key: \"a\", value: \"b\"}}) {{ errors }} }}"));

    /// <summary>The value that is sent.</summary>
    private async Task<string?> WholeAsync(string destination, string header)
    {
        var row = (await gitlab.RowAsync(destination))!;
        var store = (Sluice.Delivery.StreamViews)gitlab.Server.Services.GetService(typeof(Sluice.Delivery.StreamViews))!;
        var view = await store.GetAsync((string)row["id"]!, new Sluice.Tenants.Caller("key_x", "x", Sluice.Tenants.Role.Admin, null), default);
        return view!.Definition.Whole["headers"]!.AsArray().Select(one => one!.AsObject()).Where(one => (string?)one["name"] == header).Select(one => (string?)one["value"]).Single();
    }
}
