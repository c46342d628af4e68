using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.Tests.Contracts;

public sealed class ElasticContract() : DestinationContract(new ElasticFixture());

internal sealed class ElasticFixture : DestinationFixture
{
    private readonly ElasticEmulator _elastic = new("ApiKey bm9uZTpvZi15b3Vy");

    public override IReadOnlyList<string> Secrets => ["bm9uZTpvZi15b3Vy"];

    public override IReadOnlyList<string> AddedMembers => ["@timestamp"];

    public override int MostBytes => 5_000_000;

    public override JsonObject Settings(string endpoint) => new() { ["provider"] = "elastic", ["endpoint"] = endpoint, ["token"] = Secrets[0] };

    public override IReadOnlyList<JsonElement> Events(byte[] body) =>
        [.. Encoding.UTF8.GetString(body).TrimEnd('\n').Split('\n').Chunk(2).Select(pair => JsonDocument.Parse(pair[1]).RootElement)];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison)
    {
        _elastic.Judge = document => poison.Contains(document.GetProperty("id").GetString()!) ? new ElasticItem(400, "document_parsing_exception", "failed to parse") : null;
        return _elastic.Answer(request);
    }

    public override IReadOnlyList<string> Taken(ReceivedRequest request, Reply reply)
    {
        if (!reply.IsSuccess) return [];
        var statuses = JsonNode.Parse(reply.Body)!["items"]!.AsArray().Select(item => (int)item!["create"]!["status"]!);
        return [.. Ids(request).Zip(statuses).Where(one => one.Second is 201 or 409).Select(one => one.First)];
    }
}
