using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.Tests.Contracts;

public sealed class GitLabContract() : DestinationContract(new GitLabFixture());

internal sealed class GitLabFixture : DestinationFixture
{
    private const string Token = "a-token-of-24-characters";

    private readonly GitLabReceiver _receiver = new(Token);

    public override IReadOnlyList<string> Secrets => ["17-of-the-header"];

    public override int MostEvents => 1;

    public override JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "http",
        ["endpoint"] = endpoint,
        ["profile"] = "sluice",
        ["verification_token"] = Token,
        ["headers"] = new JsonArray(new JsonObject { ["name"] = "X-Api-Token", ["value"] = Secrets[0] }),
    };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => [JsonDocument.Parse(body).RootElement];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison) =>
        _receiver.Answer(request) is { IsSuccess: false } problem ? problem : base.Answer(request, poison);
}
