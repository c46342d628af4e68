using System.Text.Json.Nodes;
using Sluice.Server.Apply;
using Sluice.Tenants;
using Sluice.Tests.Server.Apply;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>GL-23, GL-25: a verification token is the destination's for life, whichever way somebody tries, and only admins see it.</summary>
public sealed class GitLabTokenTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    private const string Other = "another-token-123456";

    [Theory]
    [InlineData("PUT", "\"another-token-123456\"", 400)]
    [InlineData("PUT", "\"\"", 400)]
    [InlineData("PUT", "null", 400)]
    [InlineData("PUT", "17", 400)]
    [InlineData("PATCH", "\"another-token-123456\"", 405)]
    [InlineData("POST", "\"another-token-123456\"", 405)]
    public async Task GL_23_No_call_on_the_row_changes_it(string method, string token, int status)
    {
        var row = await MakeAsync($"row {method} {token}");

        var answer = await gitlab.Server.CallAsync(method, $"/v1/audit/siem/{row["id"]}", body: $$"""{"name":"changed","verification_token":{{token}}}""");

        Assert.Equal(status, answer.Status);
        if (status == 400) Assert.Equal("verification_token", answer["field"]);
        await StaysAsync(row);
    }

    [Fact]
    public async Task GL_23_No_mutation_changes_it()
    {
        var row = await MakeAsync("mutated");
        var id = await IdAsync("mutated");

        Assert.Equal("Verification token cannot be changed", await gitlab.RefusalAsync("instanceAuditEventStreamingDestinationsUpdate", new { id, secretToken = Other, name = "changed" }));
        var schema = (await gitlab.AskAsync("{ __schema { types { name inputFields { name } } } }"))["data"]!["__schema"]!["types"]!.AsArray();
        var inputs = schema.Where(type => type!["inputFields"]?.AsArray().Any(field => (string?)field!["name"] == "verificationToken") == true).Select(type => (string?)type!["name"]);
        Assert.Equal(["ExternalAuditEventDestinationCreateInput"], inputs);
        await StaysAsync(row);
    }

    [Fact]
    public async Task GL_23_Applying_a_file_with_another_one_is_refused_before_anything_changes()
    {
        var row = await MakeAsync("applied");
        using var bench = ApplyBench.Before(gitlab.Server);
        const string file = "  - {name: applied, provider: http, profile: gitlab, endpoint: 'https://elsewhere.example/in', verification_token: {env: another-token-123456}}\n";

        var refused = await Assert.ThrowsAsync<ApplyException>(() => bench.ApplyAsync(file));

        Assert.Contains("A destination keeps its verification_token", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Other, refused.Message + bench.Output + bench.Notes, StringComparison.Ordinal);
        await StaysAsync(row);
    }

    [Fact]
    public async Task GL_23_A_row_that_is_sent_back_as_it_was_shown_keeps_it_and_a_copy_cannot_have_it()
    {
        var row = await MakeAsync("exported");

        Assert.Equal(200, (await gitlab.Server.CallAsync("PUT", $"/v1/audit/siem/{row["id"]}", body: row.ToJsonString())).Status);
        await StaysAsync(row);
        var copy = row.DeepClone().AsObject();
        (copy["name"], copy["endpoint"]) = ("a copy", "https://copy.example/");
        var refused = await gitlab.Server.CallAsync("POST", "/v1/audit/siem", body: copy.ToJsonString());
        Assert.Equal((400, "verification_token"), (refused.Status, refused["field"]));
        await using var elsewhere = await RunningServer.StartAsync();
        Assert.Equal((string?)row["verification_token"], (await elsewhere.CallAsync("POST", "/v1/audit/siem", body: row.ToJsonString()))["verification_token"]);
        await elsewhere.StopAsync();
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Reader)]
    public async Task GL_25_Others_than_admins_do_not_see_it_anywhere(Role role)
    {
        var row = await MakeAsync($"seen by {role}");
        var (key, path, token) = (gitlab.Server.Key(role), $"/v1/audit/siem/{row["id"]}", (string)row["verification_token"]!);

        foreach (var seen in new[] { "/v1/audit/siem", path, $"{path}/attempts", $"{path}/gaps" }) Assert.DoesNotContain(token, (await gitlab.Server.CallAsync("GET", seen, key)).Text, StringComparison.Ordinal);
        var changed = await gitlab.Server.CallAsync("PUT", path, key, new { mask_personal = true });
        Assert.DoesNotContain(token, changed.Text, StringComparison.Ordinal);
        Assert.Equal(role == Role.Operator, changed.Status == 200);
        Assert.DoesNotContain(token, (await gitlab.AskAsync("{ instanceExternalAuditEventDestinations { nodes { verificationToken } } auditEventsInstanceStreamingDestinations { nodes { secretToken } } }", key: key)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(token, (string?)(await gitlab.RowAsync($"seen by {role}"))!["verification_token"]);
    }

    private async Task<JsonObject> MakeAsync(string name)
    {
        await gitlab.MutateAsync("instanceAuditEventStreamingDestinationsCreate", new { category = "http", config = new { url = $"https://token.example/{Uri.EscapeDataString(name)}" }, name });
        return (await gitlab.RowAsync(name))!;
    }

    private async Task<string> IdAsync(string name) => (string)(await gitlab.DataAsync("{ auditEventsInstanceStreamingDestinations { nodes { id name } } }"))["auditEventsInstanceStreamingDestinations"]!["nodes"]!
        .AsArray().Single(node => (string?)node!["name"] == name)!["id"]!;

    /// <summary>It has the name, address and token that it had.</summary>
    private async Task StaysAsync(JsonObject row)
    {
        var now = (await gitlab.RowAsync((string)row["name"]!))!;
        foreach (var member in new[] { "id", "endpoint", "verification_token" }) Assert.Equal((string?)row[member], (string?)now[member]);
    }
}
