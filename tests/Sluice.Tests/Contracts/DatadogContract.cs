using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.Tests.Contracts;

public sealed class DatadogContract() : DestinationContract(new DatadogFixture());

internal sealed class DatadogFixture : DestinationFixture
{
    private DatadogEmulator? _datadog;

    public override IReadOnlyList<string> Secrets => ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"];

    public override Reply ExpiredKey => new(403, """{"errors":[{"status":"403","title":"Forbidden"}]}""");

    public override int MostBytes => 5_000_000;

    private DatadogEmulator Datadog => _datadog ??= new DatadogEmulator(Secrets[0], Time);

    public override JsonObject Settings(string endpoint) => new() { ["provider"] = "datadog", ["endpoint"] = endpoint, ["token"] = Secrets[0], ["tags"] = "env:test" };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => [.. JsonDocument.Parse(body).RootElement.EnumerateArray().Select(log => log.GetProperty("event"))];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison) => Ids(request).Any(poison.Contains) ? Refused : Datadog.Answer(request);
}
