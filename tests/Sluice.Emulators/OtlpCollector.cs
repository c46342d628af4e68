using System.Text.Json;

namespace Sluice.Emulators;

/// <summary>A receiver of OTLP logs over HTTP in JSON, strict about the encoding: names, numbers in strings, one value each.</summary>
/// <param name="rejects">Whether it rejects a record, by the event in its body. How many is all that it tells.</param>
public sealed class OtlpCollector(Func<string, bool> rejects)
{
    private const int Largest = 4 * 1024 * 1024;

    private readonly List<string> _kept = [];

    /// <summary>The bodies of the records that it took.</summary>
    public IReadOnlyList<string> Kept => _kept;

    public Reply Answer(ReceivedRequest request)
    {
        if (request.Path != "/v1/logs") return new Reply(404);
        if (request.Method != "POST") return new Reply(405);
        if (request.Headers["Content-Type"] != "application/json") return new Reply(415);
        if (request.Body.Length > Largest) return new Reply(413);
        try
        {
            return Take([.. Records(request.Body).Select(BodyOf)]);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new Reply(400, JsonSerializer.Serialize(new { code = 3, message = problem.Message }));
        }
    }

    public static IReadOnlyList<JsonElement> Records(byte[] body)
    {
        var resource = Only(JsonDocument.Parse(body).RootElement, "resourceLogs")[0];
        Only(resource.GetProperty("resource"), "attributes");
        return [.. resource.GetProperty("scopeLogs")[0].GetProperty("logRecords").EnumerateArray()];
    }

    public static string BodyOf(JsonElement record)
    {
        foreach (var name in new[] { "timeUnixNano", "observedTimeUnixNano" }) _ = ulong.Parse(record.GetProperty(name).GetString()!);
        if (record.GetProperty("severityNumber").GetInt32() is < 1 or > 24) throw new FormatException("severityNumber is 1 to 24.");
        if (record.GetProperty("eventName").GetString() is not { Length: > 0 }) throw new FormatException("eventName is empty.");
        foreach (var attribute in record.GetProperty("attributes").EnumerateArray())
        {
            var value = attribute.GetProperty("value").EnumerateObject().Single();
            if (value.Name is not ("stringValue" or "intValue") || value.Value.ValueKind != JsonValueKind.String) throw new FormatException($"{attribute} is no attribute.");
        }

        return Only(record.GetProperty("body"), "stringValue").GetString()!;
    }

    private Reply Take(IReadOnlyList<string> bodies)
    {
        var rejected = bodies.Where(rejects).ToList();
        _kept.AddRange(bodies.Except(rejected));
        return rejected.Count == 0
            ? new Reply(200, "{}")
            : new Reply(200, $$$"""{"partialSuccess":{"rejectedLogRecords":"{{{rejected.Count}}}","errorMessage":"I do not like some."}}""");
    }

    private static JsonElement Only(JsonElement element, string name)
    {
        var member = element.EnumerateObject().Single();
        return member.NameEquals(name) ? member.Value : throw new FormatException($"There is {member.Name} in place of {name}.");
    }
}
