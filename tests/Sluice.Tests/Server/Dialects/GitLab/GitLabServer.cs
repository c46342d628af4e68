using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>A server with keys of several roles, asked as GitLab's clients ask.</summary>
public sealed class GitLabServer : IAsyncLifetime
{
    public const string Url = "https://siem.example/in";

    private RunningServer _server = null!;

    public string AcmeAdmin { get; private set; } = "";

    public string BetaAdmin { get; private set; } = "";

    public string Reader { get; private set; } = "";

    public string Writer { get; private set; } = "";

    internal RunningServer Server => _server;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(new() { ["Sluice:Delivery:AllowPrivateEndpoints"] = "true" });
        (AcmeAdmin, BetaAdmin, Reader, Writer) = (_server.Key(Role.Admin, "acme"), _server.Key(Role.Admin, "beta"), _server.Key(Role.Reader), _server.Key(Role.Writer));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    internal Task<Answer> PostAsync(object body, string? key = RunningServer.AdminKey) => _server.CallAsync("POST", "/api/graphql", key, body);

    /// <summary>The whole answer.</summary>
    public async Task<JsonNode> AskAsync(string query, object? variables = null, string? key = RunningServer.AdminKey)
    {
        var answer = await PostAsync(new { query, variables }, key);
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        return JsonNode.Parse(answer.Text)!;
    }

    /// <summary>The data, where nothing failed.</summary>
    public async Task<JsonNode> DataAsync(string query, object? variables = null, string? key = RunningServer.AdminKey)
    {
        var answer = await AskAsync(query, variables, key);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    /// <summary>The payload of one mutation with one input, and all that is in its record.</summary>
    public async Task<JsonNode> MutateAsync(string mutation, object input, string selection = "", string? key = RunningServer.AdminKey)
    {
        var type = mutation.Contains("HttpNamespace", StringComparison.Ordinal) ? mutation.Replace("Http", "HTTP") : mutation;
        var answer = await AskAsync($"mutation ($input: {char.ToUpperInvariant(type[0])}{type[1..]}Input!) {{ {mutation}(input: $input) {{ errors {selection} }} }}", new { input }, key);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]![mutation]!;
    }

    /// <summary>The errors of its payload.</summary>
    public async Task<string> RefusalAsync(string mutation, object input, string? key = RunningServer.AdminKey) =>
        string.Join(" | ", (await MutateAsync(mutation, input, key: key))["errors"]!.AsArray().Select(error => (string?)error));

    /// <summary>The message of the answer's only error.</summary>
    public async Task<string> ErrorAsync(string query, object? variables = null, string? key = RunningServer.AdminKey) =>
        (string)Assert.Single((await AskAsync(query, variables, key))["errors"]!.AsArray())!["message"]!;

    /// <summary>What <c>/v1/audit/siem</c> has under that name.</summary>
    public async Task<JsonObject?> RowAsync(string name)
    {
        var rows = JsonNode.Parse((await _server.CallAsync("GET", "/v1/audit/siem")).Text)!["destinations"]!.AsArray();
        return rows.OfType<JsonObject>().SingleOrDefault(row => (string?)row["name"] == name && (string?)row["status"] != "deleting");
    }

    /// <summary>Says of tenants to which one they belong; null for none.</summary>
    public async Task BelongAsync(string? parent, params string[] tenants)
    {
        foreach (var tenant in tenants) Assert.Equal(200, (await _server.CallAsync("PUT", $"/v1/access/tenants/{Uri.EscapeDataString(tenant)}", body: new { parent })).Status);
    }

    /// <summary>One event of each tenant, in this order.</summary>
    public async Task HappenAsync(params string[] tenants)
    {
        foreach (var tenant in tenants) Assert.Equal(200, (await _server.CallAsync("POST", "/v1/audit/events", body: new { action = "user.login", outcome = "success", tenant_id = tenant, actor = new { type = "user", id = "u" } })).Status);
    }

    /// <summary>An HTTP destination of the instance.</summary>
    public async Task<string> NewHttpAsync(string name) =>
        (string)(await MutateAsync("instanceExternalAuditEventDestinationCreate", new { name, destinationUrl = $"{Url}/{name}" }, "instanceExternalAuditEventDestination { id }"))["instanceExternalAuditEventDestination"]!["id"]!;

    public static string Json(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
}
