using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery;

/// <summary>An event that is in no ledger and says so, spelled and hashed like any other.</summary>
internal static class TestEvent
{
    /// <returns>A batch that holds only this event; dispose what holds it after sending.</returns>
    public static EventBatch Batch(string destination, string? tenantId, IProfile profile, BatchLimits limits, long now, out SpelledEvents events)
    {
        var id = Identifier.New("evt_", now);
        var body = System.Text.Encoding.UTF8.GetBytes(Body(id, tenantId ?? TenantNames.Default, destination, now).ToJsonString());
        EventHash.TryCompute(body, out var digest, out _);
        events = new SpelledEvents();
        events.Page.Add(0, now, digest, body);
        events.TrySpellNext(profile, limits);
        return new EventBatch(destination, events, 0, 1, 0, $"{destination}-test-{id}") { Folder = "test" };
    }

    private static JsonObject Body(string id, string tenantId, string destination, long now) => new()
    {
        ["id"] = id,
        ["timestamp"] = Timestamp.Text(now),
        ["tenant_id"] = tenantId,
        ["category"] = "uncatalogued",
        ["action"] = "sluice.destination.test",
        ["outcome"] = "success",
        ["service"] = "sluice",
        ["actor"] = new JsonObject { ["type"] = "system", ["id"] = "sluice" },
        ["resource"] = new JsonObject { ["type"] = "destination", ["id"] = destination },
        ["metadata"] = new JsonObject { ["test"] = true },
        ["salt"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
    };
}
