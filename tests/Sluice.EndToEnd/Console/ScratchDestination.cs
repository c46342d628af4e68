using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Sluice.EndToEnd.Console;

/// <summary>A webhook of one test, gone at its end, so that the others' overview is theirs.</summary>
internal sealed class ScratchDestination : IAsyncDisposable
{
    private readonly ConsoleInstance _instance;

    private ScratchDestination(ConsoleInstance instance, string id, string name) => (_instance, Id, Name) = (instance, id, name);

    public string Id { get; }

    public string Name { get; }

    public string Path => $"/destinations/{Id}";

    private string Call => $"/v1/audit/siem/{Id}";

    /// <param name="members">Of it, beside its provider.</param>
    public static async Task<ScratchDestination> AddAsync(ConsoleInstance instance, string name, Uri endpoint, JsonObject? members = null)
    {
        var definition = members ?? [];
        (definition["provider"], definition["name"], definition["endpoint"], definition["force"]) = ("webhook", name, endpoint.ToString(), true);
        return Of(instance, (await instance.Server.Client.PostAsync("/v1/audit/siem", definition.ToJsonString())).Expect(201).Json);
    }

    /// <summary>The one that the page shows.</summary>
    public static async Task<ScratchDestination> ShownAsync(ConsoleInstance instance, IPage page) =>
        Of(instance, (await instance.Server.Client.GetAsync($"/v1/audit/siem/{new Uri(page.Url).Segments[^1]}")).Expect(200).Json);

    public async Task<JsonNode> ReadAsync() => (await _instance.Server.Client.GetAsync(Call)).Expect(200).Json;

    public async Task ChangeAsync(string json) => (await _instance.Server.Client.PutAsync(Call, json)).Expect(200);

    /// <summary>Disabled first: so it goes at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if ((await _instance.Server.Client.PutAsync(Call, """{"enabled":false}""")).IsSuccess) await _instance.Server.Client.DeleteAsync(Call);
    }

    private static ScratchDestination Of(ConsoleInstance instance, JsonNode answer) => new(instance, (string)answer["id"]!, (string)answer["name"]!);
}
