using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery;

/// <summary>Events that are in no ledger and say so, spelled and hashed like any other.</summary>
internal static class TestEvent
{
    /// <returns>A batch that holds only this event; dispose what holds it after sending.</returns>
    public static EventBatch Batch(DestinationDefinition definition, long now, out SpelledEvents events) =>
        Batch(definition, "test", new JsonObject { ["test"] = true }, now, out events);

    /// <summary>The sign of life of a stream that has nothing to send.</summary>
    /// <param name="size">Of the ledger.</param>
    /// <param name="cursor">Of the destination.</param>
    /// <returns>As for a test.</returns>
    public static EventBatch Heartbeat(DestinationDefinition definition, long size, long cursor, long now, out SpelledEvents events) =>
        Batch(definition, "heartbeat", new JsonObject { ["heartbeat"] = true, ["ledger_size"] = size, ["cursor"] = cursor }, now, out events);

    private static EventBatch Batch(DestinationDefinition definition, string word, JsonObject metadata, long now, out SpelledEvents events)
    {
        var id = Identifier.New("evt_", now);
        var body = System.Text.Encoding.UTF8.GetBytes(Body(id, definition, word, metadata, now).ToJsonString());
        EventHash.TryCompute(body, out var digest, out _);
        events = new SpelledEvents();
        events.Page.Add(0, now, digest, body);
        events.TrySpellNext(definition.Profile, definition.Kind.Limits(definition.Settings));
        return new EventBatch(definition.Id, events, 0, 1, 0, $"{definition.Id}-{word}-{id}") { Folder = word };
    }

    private static JsonObject Body(string id, DestinationDefinition definition, string word, JsonObject metadata, long now) => new()
    {
        ["id"] = id,
        ["timestamp"] = Timestamp.Text(now),
        ["tenant_id"] = definition.TenantId ?? TenantNames.Default,
        ["category"] = "uncatalogued",
        ["action"] = $"sluice.destination.{word}",
        ["outcome"] = "success",
        ["service"] = "sluice",
        ["actor"] = new JsonObject { ["type"] = "system", ["id"] = "sluice" },
        ["resource"] = new JsonObject { ["type"] = "destination", ["id"] = definition.Id },
        ["metadata"] = metadata,
        ["salt"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
    };
}
