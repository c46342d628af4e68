using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tests.Contracts;

public sealed class WebhookContract() : DestinationContract(new WebhookFixture());

internal sealed class WebhookFixture : DestinationFixture
{
    public override IReadOnlyList<string> Secrets => ["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "next-secret-42", "header-token-17", "query-token-23", "quiet-password-99"];

    public override JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "webhook",
        ["endpoint"] = new UriBuilder(endpoint) { UserName = "user", Password = Secrets[4], Path = "/hook", Query = $"token={Secrets[3]}" }.Uri.AbsoluteUri,
        ["secret"] = Secrets[0],
        ["next_secret"] = Secrets[1],
        ["headers"] = new JsonArray(new JsonObject { ["name"] = "X-Api-Token", ["value"] = Secrets[2] }),
    };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => [.. JsonDocument.Parse(body).RootElement.EnumerateArray()];
}
