using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Contracts;

public sealed class SplunkContract() : DestinationContract(new SplunkFixture());

internal sealed class SplunkFixture : DestinationFixture
{
    public override IReadOnlyList<string> Secrets => ["5f1c9a52-token-of-hec"];

    public override Reply Accepted => new(200, """{"text":"Success","code":0}""");

    public override Reply Refused => new(400, """{"text":"Invalid data format","code":6,"invalid-event-number":0}""");

    public override bool IsDelivery(ReceivedRequest request) => request.Path.EndsWith("/event", StringComparison.Ordinal);

    public override JsonObject Settings(string endpoint) => new() { ["provider"] = "splunk", ["endpoint"] = endpoint, ["token"] = Secrets[0] };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => [.. Concatenated(body).Select(envelope => envelope.GetProperty("event"))];
}
