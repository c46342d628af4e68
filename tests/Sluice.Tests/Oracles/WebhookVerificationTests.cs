using System.Text.Json.Nodes;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Oracles;

/// <summary>The library of Standard Webhooks, as a receiver would use it, checks what was sent.</summary>
public sealed class WebhookVerificationTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", Next = "whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=";

    [Fact]
    public async Task A_signature_holds_for_both_secrets_and_for_nothing_that_was_changed()
    {
        Oracle.SkipUnlessInstalled();
        await using var receiver = await Receiver.StartAsync();
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with { Time = TimeProvider.System });   // signatures end after five minutes
        streams.Ledger.AppendMany(3, action: "ü \\\"🔑\\\"");
        var settings = new JsonObject { ["provider"] = "webhook", ["endpoint"] = receiver.Address.ToString(), ["secret"] = Secret, ["next_secret"] = Next, ["start_from"] = "beginning" };
        var id = (await streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        await streams.UntilCursorAsync(id, 2);
        var sent = receiver.Requests.Single();

        var holds = await Oracle.AskAsync("webhook", new JsonObject
        {
            ["requests"] = new JsonArray(
                Request(Secret, sent.RawBody), Request(Next, sent.RawBody), Request("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", sent.RawBody), Request(Secret, [.. sent.RawBody, (byte)' ']),
                Request(Secret, sent.RawBody, "webhook-id", "another"), Request(Secret, sent.RawBody, "webhook-timestamp", (int.Parse(sent.Headers["webhook-timestamp"]) - 1).ToString())),
        });

        Assert.Equal("[true,true,false,false,false,false]", holds.GetRawText());

        JsonNode Request(string secret, byte[] body, string? header = null, string? value = null)
        {
            var headers = new JsonObject(new[] { "webhook-id", "webhook-timestamp", "webhook-signature" }.Select(name => KeyValuePair.Create(name, (JsonNode?)(name == header ? value : sent.Headers[name]))));
            return new JsonObject { ["secret"] = secret, ["body"] = Convert.ToBase64String(body), ["headers"] = headers };
        }
    }
}
