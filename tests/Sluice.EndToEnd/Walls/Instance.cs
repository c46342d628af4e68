using System.Text.Json;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Walls;

/// <summary>A server with two tenants. Everything that is beta's carries a mark, which must show up in no answer to anybody of acme.</summary>
public sealed class Instance : IAsyncLifetime
{
    public const string Mark = "BETAMARK";

    public static IReadOnlyList<string> Roles { get; } = ["admin", "operator", "auditor", "writer", "reader"];

    private readonly DataFolder _folder = new();
    private readonly Dictionary<string, SluiceClient> _clients = [];

    internal SluiceProcess Server { get; private set; } = null!;

    public string BetaDestination { get; private set; } = "";

    public string BetaKey { get; private set; } = "";

    public string BetaPageToken { get; private set; } = "";

    public string InstancePageToken { get; private set; } = "";

    public long BetaSequence { get; private set; }

    /// <param name="holder">Such as <c>acme reader</c> or <c>instance writer</c>.</param>
    internal SluiceClient As(string holder) => _clients[holder];

    public async ValueTask InitializeAsync()
    {
        Server = await SluiceProcess.StartAsync(_folder.Path);
        foreach (var tenant in new[] { "acme", "beta", null })
        {
            foreach (var role in Roles) await MakeKeyAsync(tenant, role);
        }

        _clients["nobody"] = new SluiceClient(Server.Address, null);
        for (var i = 0; i < 3; i++)
        {
            (await As("acme writer").PostEventAsync(Event("acme", i))).Expect(200);
            BetaSequence = (long)(await As("beta writer").PostEventAsync(Event(Mark, i))).Expect(200).Json["last_sequence"]!;
        }

        BetaDestination = (string)(await As("beta admin").PostAsync("/v1/audit/siem",
            $$"""{"name":"{{Mark}}","provider":"webhook","endpoint":"http://127.0.0.1:9/{{Mark}}","secret":"a secret to keep","start_from":"beginning"}""")).Expect(201).Json["id"]!;
        BetaPageToken = await TokenAsync("beta reader");
        InstancePageToken = await TokenAsync("instance reader");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task MakeKeyAsync(string? tenant, string role)
    {
        var body = JsonSerializer.Serialize(new { name = tenant == "beta" ? Mark : $"{tenant} {role}", role, tenant_id = tenant });
        var made = (await Server.Client.PostAsync("/v1/access/keys", body)).Expect(201).Json;
        _clients[$"{tenant ?? "instance"} {role}"] = Server.Client.With((string)made["key"]!);
        if (tenant == "beta") BetaKey = (string)made["id"]!;
    }

    private async Task<string> TokenAsync(string holder) =>
        (string)(await As(holder).GetAsync("/v1/audit/events?order=asc&page_size=1")).Expect(200).Json["next_page_token"]!;

    private static string Event(string name, int number) =>
        $$$"""{"id":"{{{name}}}-{{{number}}}","action":"{{{name.ToLowerInvariant()}}}.act","outcome":"success","actor":{"type":"user","id":"{{{name}}}-user"},"metadata":{"note":"{{{name}}}"}}""";
}
