using System.Text.Json.Nodes;
using Sluice.Delivery.Replays;
using Sluice.Server.Errors;
using Sluice.Streams;

namespace Sluice.Server.Endpoints;

/// <summary>What callers send to have something sent again.</summary>
internal static class ReplayBody
{
    private const int FastestPace = 1_000_000;

    public static ReplayRequest Range(JsonObject body)
    {
        RefuseOthers(body, "from", "to", "filter", "events_per_second");
        return new ReplayRequest(Bound(body, "from"), Bound(body, "to"), Filter(body), Pace(body));
    }

    /// <returns>Null for all.</returns>
    public static IReadOnlyList<long>? Sequences(JsonObject body)
    {
        RefuseOthers(body, "sequences");
        if (body["sequences"] is not { } node) return null;
        if (node is not JsonArray list) throw Wrong("invalid_type", "sequences", "is a list of sequences; leave it out for all dead letters");
        if (list.Count is 0 or > ReplayOrder.MostSequences) throw Wrong("invalid_value", "sequences", $"has 1 to {ReplayOrder.MostSequences} sequences; leave it out for all dead letters");
        return [.. list.Select((element, i) => Whole(element) ?? throw Wrong("invalid_type", $"sequences[{i}]", "is a sequence: a whole number"))];
    }

    public static void RefuseAny(JsonObject body) => RefuseOthers(body);

    private static ReplayBound? Bound(JsonObject body, string name)
    {
        if (body[name] is not { } node) return null;
        if (Whole(node) is { } sequence) return new ReplayBound(sequence, null);
        if (node is JsonValue value && value.TryGetValue(out string? time)) return new ReplayBound(null, time);
        throw Wrong("invalid_type", name, "is an RFC 3339 time or a sequence");
    }

    private static string? Filter(JsonObject body) => body["filter"] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Wrong("invalid_type", "filter", "is a filter or null"),
    };

    private static int? Pace(JsonObject body)
    {
        if (body["events_per_second"] is not { } node) return null;
        var pace = Whole(node) ?? throw Wrong("invalid_type", "events_per_second", $"is a whole number from 1 to {FastestPace}, or null");
        return pace is >= 1 and <= FastestPace ? (int)pace : throw Wrong("invalid_value", "events_per_second", $"is a whole number from 1 to {FastestPace}, or null");
    }

    private static long? Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;

    private static void RefuseOthers(JsonObject body, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in body)
        {
            if (!known.Contains(name))
                throw Wrong("unknown_field", name, known.Length == 0 ? "is not a member here; this call has none" : $"is not a member here; there are {string.Join(", ", known!)}");
        }
    }

    private static ApiProblem Wrong(string code, string field, string what) => JsonMembers.Wrong(code, field, what);
}
