using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Emulators;

/// <summary>What Elasticsearch answers for one item.</summary>
public sealed record ElasticItem(int Status, string? Type = null, string? Reason = null);

/// <summary>Elasticsearch's bulk call for a user who may create documents and nothing else; an index comes into being with its first document.</summary>
public sealed class ElasticEmulator(string authorization)
{
    private const int LongestId = 512;

    private readonly Dictionary<(string Index, string Id), JsonElement> _documents = [];

    public IReadOnlyDictionary<(string Index, string Id), JsonElement> Documents => _documents;

    public HashSet<string> Pipelines { get; } = [];

    /// <summary>What is wrong with a document beside what is always wrong; null: nothing.</summary>
    public Func<JsonElement, ElasticItem?> Judge { get; set; } = _ => null;

    public Reply Answer(ReceivedRequest request)
    {
        var address = new Uri(new Uri("http://localhost"), request.Path);
        if (request.Headers.GetValueOrDefault("Authorization") != authorization) return Error(401, "security_exception", "unable to authenticate");
        if (request.Method != "POST" || address.Segments is not [_, var index, "_bulk"]) return Error(403, "security_exception", "action is unauthorized: this action is granted by the index privileges [manage]");
        if (request.Headers.GetValueOrDefault("Content-Type") is not ("application/x-ndjson" or "application/json")) return Error(406, "media_type_header_exception", "Invalid media-type value on headers [Content-Type]");
        if (request.Body is not [.., (byte)'\n']) return Error(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
        var lines = Encoding.UTF8.GetString(request.Body)[..^1].Split('\n');
        var pipeline = address.Query.Split('&', '?').FirstOrDefault(pair => pair.StartsWith("pipeline=", StringComparison.Ordinal)) is { } pair ? Uri.UnescapeDataString(pair[9..]) : null;
        return lines.Length % 2 == 0 && lines.Chunk(2).Select(pair => IdOf(pair[0])).All(id => id is not null)
            ? Stored(lines.Chunk(2).Select(pair => Store(index.TrimEnd('/'), IdOf(pair[0])!, pair[1], pipeline)))
            : Error(400, "illegal_argument_exception", "Malformed action/metadata line");
    }

    private static Reply Stored(IEnumerable<ElasticItem> results)
    {
        var items = results.Select(item => new JsonObject { ["create"] = Shown(item) }).ToList();
        var errors = items.Any(item => item["create"]!["error"] is not null);
        return new Reply(200, new JsonObject { ["errors"] = errors, ["items"] = new JsonArray([.. items]) }.ToJsonString());
    }

    private static JsonObject Shown(ElasticItem item)
    {
        var shown = new JsonObject { ["status"] = item.Status };
        if (item.Type is not null) shown["error"] = new JsonObject { ["type"] = item.Type, ["reason"] = item.Reason };
        return shown;
    }

    private ElasticItem Store(string index, string id, string line, string? pipeline)
    {
        if (pipeline is not null && !Pipelines.Contains(pipeline)) return new ElasticItem(400, "illegal_argument_exception", $"pipeline with id [{pipeline}] does not exist");
        if (Parse(line) is not { } document || !document.TryGetProperty("@timestamp", out _)) return new ElasticItem(400, "document_parsing_exception", "data stream timestamp field [@timestamp] is missing");
        if (Judge(document) is { } verdict) return verdict;
        return _documents.TryAdd((index, id), document)
            ? new ElasticItem(201)
            : new ElasticItem(409, "version_conflict_engine_exception", $"[{id}]: version conflict, document already exists (current version [1])");
    }

    /// <summary>Null where the line is no action, or the action is more than creating.</summary>
    private static string? IdOf(string line) =>
        Parse(line) is { } action && action.EnumerateObject().ToList() is [{ Name: "create", Value: var create }] && create.GetProperty("_id").GetString() is { } id
        && Encoding.UTF8.GetByteCount(id) <= LongestId ? id : null;

    private static Reply Error(int status, string type, string reason) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["reason"] = reason }, ["status"] = status }.ToJsonString());

    /// <summary>Elasticsearch refuses a name that comes twice.</summary>
    private static JsonElement? Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement is { ValueKind: JsonValueKind.Object } root ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
