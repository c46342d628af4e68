using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Hostile;

/// <summary>Events and destinations by chance: members that exist, in their places or not, with values that fit or do not.</summary>
internal sealed class RandomJson(Random random)
{
    private static readonly string[] EventMembers =
    [
        "id", "timestamp", "tenant_id", "category", "action", "outcome", "service", "actor", "resource", "source_ip", "user_agent", "session_id", "api_key_id", "request_id", "api_call",
        "metadata", "salt", "sequence", "persisted_at", "integrity_hash", "personal", "unknown",
    ];

    private static readonly string[] DestinationMembers =
    [
        "name", "provider", "endpoint", "enabled", "tenant_id", "profile", "filter", "event_types", "except_event_types", "include_children", "only_tenants", "fields", "mask_personal", "start_from", "max_in_flight", "heartbeat_seconds", "secret",
        "next_secret", "framing", "signature_header", "headers", "compression", "ca_certificate", "token", "index", "sourcetype", "acknowledge", "status", "id", "credentials_set", "unknown",
    ];

    private static readonly string[] Words =
    [
        "", "user", "success", "failure", "denied", "user.login", "webhook", "splunk", "stdout", "sluice", "now", "beginning", "array", "2026-03-15T08:42:17.003000000Z", "1969-01-01T00:00:00Z",
        "203.0.113.42", "http://127.0.0.1:9/", "http://u:p@127.0.0.1:9/x?token=y", "live", "_sluice", "default", "a b", "ä", "\u0000", "-", ".", "a..b", "x*", new('x', 300),
    ];

    /// <summary>An event that is good before chance changes some of its members.</summary>
    public string Event()
    {
        var one = new JsonObject
        {
            ["id"] = $"f-{random.NextInt64():x}",
            ["action"] = $"fuzz.{random.Next(50)}",
            ["outcome"] = "success",
            ["actor"] = new JsonObject { ["type"] = "user", ["id"] = $"u{random.Next(100)}", ["email"] = "a@example.com" },
            ["resource"] = new JsonObject { ["type"] = "thing", ["id"] = $"t{random.Next(100)}" },
            ["source_ip"] = "203.0.113.42",
            ["metadata"] = new JsonObject { ["n"] = random.Next(), ["personal"] = new JsonObject { ["phone"] = "1" } },
        };
        for (var changes = random.Next(4); changes > 0; changes--) one[EventMembers[random.Next(EventMembers.Length)]] = Value(0);
        return one.ToJsonString();
    }

    public string Destination()
    {
        var one = new JsonObject { ["name"] = "fuzz", ["provider"] = "webhook", ["endpoint"] = "http://127.0.0.1:9/", ["secret"] = "a secret to keep", ["enabled"] = false };
        for (var changes = random.Next(4); changes > 0; changes--) one[DestinationMembers[random.Next(DestinationMembers.Length)]] = Value(0);
        return one.ToJsonString();
    }

    private JsonNode? Value(int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse(Number()),
        < 6 => Words[random.Next(Words.Length)],
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))]),
        _ => Object(depth),
    };

    private JsonObject Object(int depth)
    {
        var made = new JsonObject();
        for (var members = random.Next(4); members > 0; members--) made[random.Next(2) == 0 ? EventMembers[random.Next(EventMembers.Length)] : Words[random.Next(Words.Length)]] = Value(depth + 1);
        return made;
    }

    private string Number() => random.Next(6) switch
    {
        0 => "9007199254740993",
        1 => "1e20",
        2 => "-0",
        3 => "1e400",
        4 => JsonSerializer.Serialize(random.NextDouble() * 1e9),
        _ => JsonSerializer.Serialize(random.NextInt64()),
    };
}
