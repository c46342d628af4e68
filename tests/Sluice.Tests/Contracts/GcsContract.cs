using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Emulators.Gcs;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Contracts;

public sealed class GcsContract() : DestinationContract(new GcsFixture());

/// <summary>With profile <c>sluice</c>, whose events the suite can read.</summary>
internal sealed class GcsFixture : DestinationFixture
{
    private readonly GcsEmulator _store = new("audit-bucket", ServiceAccount.Tokens());

    public override IReadOnlyList<string> Secrets => [ServiceAccount.Pem, ServiceAccount.Pem.Split('\n')[5]];

    public override int MostEvents => 10_000;

    public override int MostBytes => 4_000_000;

    public override JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "gcs",
        ["profile"] = "sluice",
        ["endpoint"] = endpoint.TrimEnd('/'),
        ["bucket"] = "audit-bucket",
        ["prefix"] = "events",
        ["credentials"] = ServiceAccount.Json($"{endpoint.TrimEnd('/')}{GcsEmulator.TokenPath}"),
    };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => StoredLines.Events(body);

    public override bool IsDelivery(ReceivedRequest request) => GcsEmulator.NameOf(request) is { } name && !name.EndsWith(".RESOLVED", StringComparison.Ordinal);

    public override bool IsCompressed(ReceivedRequest request) => GcsEmulator.NameOf(request)!.EndsWith(".ndjson.gz", StringComparison.Ordinal) && request.RawBody is [0x1f, 0x8b, ..];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison)
    {
        // The suite counts what is taken; what is there already has tests of its own.
        _store.Objects.Clear();
        return Ids(request).Any(poison.Contains) ? Refused : _store.Answer(request);
    }
}
