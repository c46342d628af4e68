using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Testing;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>GL-16: what has to differ differs whichever nodes are asked at the same moment. Two nodes on PostgreSQL; with SQLite there is one.</summary>
public sealed class GitLabNodesTests : IAsyncLifetime
{
    private const string Taken = "Name has already been taken";

    private RunningServer[] _nodes = [];

    public async ValueTask InitializeAsync()
    {
        if (!TestStore.IsPostgres)
        {
            _nodes = [await RunningServer.StartAsync()];
            return;
        }

        var settings = new Dictionary<string, string?> { ["Sluice:Store"] = await SharedPostgres.NewDatabaseAsync(), ["Sluice:Secrets:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        _nodes = [await RunningServer.StartAsync(new(settings)), await RunningServer.StartAsync(new(settings))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("acme")]
    public async Task GL_16_Of_many_that_want_a_name_one_gets_it(string? group)
    {
        var answers = await AllAsync(8, i => CreateAsync(i, "http", $$"""{"url":"https://n{{i}}.example/"}""", "wanted", group));

        Assert.Equal((1, 7), (answers.Count(answer => answer == ""), answers.Count(answer => answer == Taken)));
        Assert.Equal(["wanted"], await NamesAsync());
        Assert.Equal("", await CreateAsync(1, "http", """{"url":"https://n.example/"}""", "wanted", group is null ? "acme" : null));
    }

    [Fact]
    public async Task GL_16_Of_many_that_are_renamed_to_one_name_one_gets_it_by_whichever_call()
    {
        for (var i = 0; i < 8; i++) Assert.Equal("", await CreateAsync(i, "http", $$"""{"url":"https://r{{i}}.example/"}""", $"n{i}", null));
        var nodes = (await AskAsync(0, "{ auditEventsInstanceStreamingDestinations { nodes { id name } } }"))["data"]!["auditEventsInstanceStreamingDestinations"]!["nodes"]!.AsArray();
        var rows = JsonNode.Parse((await _nodes[0].CallAsync("GET", "/v1/audit/siem")).Text)!["destinations"]!.AsArray();

        var answers = await AllAsync(8, async i => i % 4 < 2
            ? await MutateAsync(i, "instanceAuditEventStreamingDestinationsUpdate", new { id = nodes.Single(node => (string?)node!["name"] == $"n{i}")!["id"], name = "wanted" })
            : (await Node(i).CallAsync("PUT", $"/v1/audit/siem/{rows.Single(row => (string?)row!["name"] == $"n{i}")!["id"]}", body: new { name = "wanted" })) is { Status: 200 } ? "" : Taken);

        Assert.Equal((1, 7), (answers.Count(answer => answer == ""), answers.Count(answer => answer == Taken)));
        Assert.Single(await NamesAsync(), "wanted");
    }

    [Fact]
    public async Task Addresses_buckets_and_their_names_are_each_had_by_one()
    {
        var urls = await AllAsync(6, i => CreateAsync(i, "http", """{"url":"https://same.example/"}""", $"u{i}", null));
        var buckets = await AllAsync(6, i => CreateAsync(i, "aws", """{"accessKeyXid":"AKIAIOSFODNN7EXAMPLE","bucketName":"same","awsRegion":"eu-central-1"}""", $"b{i}", null));
        var names = await AllAsync(6, i => CreateAsync(i, "aws", $$"""{"accessKeyXid":"AKIAIOSFODNN7EXAMPLE","bucketName":"bucket-{{i}}","awsRegion":"eu-central-1"}""", "same", null));

        foreach (var (answers, taken) in new[] { (urls, "Config url already taken."), (buckets, "Config bucketName already taken."), (names, Taken) })
            Assert.Equal((1, 5), (answers.Count(answer => answer == ""), answers.Count(answer => answer == taken)));
    }

    [Fact]
    public async Task What_has_to_differ_differs_after_changes_too()
    {
        for (var i = 0; i < 4; i++) Assert.Equal("", await CreateAsync(i, "aws", $$"""{"accessKeyXid":"AKIAIOSFODNN7EXAMPLE","bucketName":"b-{{i}}","awsRegion":"eu-central-1"}""", $"n{i}", "acme"));
        var ids = (await AskAsync(0, "{ group(fullPath: \"acme\") { amazonS3Configurations { nodes { id } } } }"))["data"]!["group"]!["amazonS3Configurations"]!["nodes"]!.AsArray().Select(node => (string)node!["id"]!).ToList();

        var names = await AllAsync(4, i => MutateAsync(i, "auditEventsAmazonS3ConfigurationUpdate", new { id = ids[i], name = "wanted" }));
        var buckets = await AllAsync(4, i => MutateAsync(i, "auditEventsAmazonS3ConfigurationUpdate", new { id = ids[i], bucketName = "wanted" }));

        Assert.Equal((1, 3), (names.Count(answer => answer == ""), names.Count(answer => answer == Taken)));
        Assert.Equal((1, 3), (buckets.Count(answer => answer == ""), buckets.Count(answer => answer == "Bucket name has already been taken")));
    }

    private RunningServer Node(int i) => _nodes[i % _nodes.Length];

    private static Task<string[]> AllAsync(int count, Func<int, Task<string>> what) => Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => what(i))));

    private Task<string> CreateAsync(int node, string category, string config, string name, string? group)
    {
        var input = new JsonObject { ["category"] = category, ["config"] = JsonNode.Parse(config), ["name"] = name, ["secretToken"] = category == "aws" ? "the-secret-access-key" : null };
        if (group is not null) input["groupPath"] = group;
        return MutateAsync(node, $"{(group is null ? "instance" : "group")}AuditEventStreamingDestinationsCreate", input);
    }

    private async Task<string> MutateAsync(int node, string mutation, object input)
    {
        var answer = await AskAsync(node, $"mutation ($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {{ errors }} }}", new { input });
        return string.Join(" | ", answer["data"]![mutation]!["errors"]!.AsArray().Select(error => (string?)error));
    }

    private async Task<JsonNode> AskAsync(int node, string query, object? variables = null) => JsonNode.Parse((await Node(node).CallAsync("POST", "/api/graphql", body: new { query, variables })).Text)!;

    private async Task<IReadOnlyList<string>> NamesAsync() =>
        [.. JsonNode.Parse((await _nodes[^1].CallAsync("GET", "/v1/audit/siem")).Text)!["destinations"]!.AsArray().Select(row => (string)row!["name"]!)];
}
