using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.Tests.Contracts;

public sealed class OtlpContract() : DestinationContract(new OtlpFixture());

internal sealed class OtlpFixture : DestinationFixture
{
    private readonly OtlpCollector _collector = new(_ => false);

    public override IReadOnlyList<string> Secrets => ["17-of-the-header"];

    /// <summary>Of events before they are escaped it is 1 MB.</summary>
    public override int MostBytes => 2_000_000;

    public override JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "otlp",
        ["endpoint"] = endpoint,
        ["headers"] = new JsonArray(new JsonObject { ["name"] = "Api-Key", ["value"] = Secrets[0] }),
    };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => [.. OtlpCollector.Records(body).Select(record => JsonDocument.Parse(OtlpCollector.BodyOf(record)).RootElement)];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison) =>
        _collector.Answer(request) is { IsSuccess: false } problem ? problem : base.Answer(request, poison);
}
