using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Emulators.S3;

namespace Sluice.Tests.Contracts;

public sealed class S3Contract() : DestinationContract(new S3Fixture());

internal sealed class S3Fixture : DestinationFixture
{
    private readonly S3Emulator _store = new("audit-bucket", "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    public override IReadOnlyList<string> Secrets => ["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"];

    public override int MostEvents => 10_000;

    public override int MostBytes => 4_000_000;

    public override JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "s3",
        ["endpoint"] = endpoint.TrimEnd('/'),
        ["access_key_id"] = Secrets[0],
        ["secret_access_key"] = Secrets[1],
        ["bucket"] = "audit-bucket",
        ["prefix"] = "sluice/prod",
    };

    public override IReadOnlyList<JsonElement> Events(byte[] body) => StoredLines.Events(body);

    public override bool IsCompressed(ReceivedRequest request) => request.Path.EndsWith(".ndjson.gz", StringComparison.Ordinal) && request.RawBody is [0x1f, 0x8b, ..];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison) => Ids(request).Any(poison.Contains) ? Refused : _store.Answer(request);
}
