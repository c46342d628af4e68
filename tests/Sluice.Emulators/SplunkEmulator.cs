using System.Text;
using System.Text.Json;

namespace Sluice.Emulators;

/// <summary>
/// Splunk's HTTP Event Collector with indexer acknowledgement, as strict as the real one: it wants the token and the channel on every request, numbers what it
/// takes per channel, indexes it when its test says so, and forgets a <c>true</c> once it has said it.
/// </summary>
public sealed class SplunkEmulator(string token)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Channel, long Request), bool> _requests = [];
    private readonly Dictionary<string, long> _counts = [];
    private readonly List<string> _taken = [];

    /// <summary>Whether the token has indexer acknowledgement.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>Whether what is taken is indexed at once.</summary>
    public bool Indexes { get; set; } = true;

    public string Health { get; set; } = """{"text":"HEC is healthy","code":17}""";

    /// <summary>Bodies, in the order in which they were taken.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_lock) return [.. _taken];
        }
    }

    public Reply Answer(ReceivedRequest request)
    {
        lock (_lock)
        {
            if (!request.Headers.TryGetValue("Authorization", out var sent)) return Code(401, 2, "Token is required");
            if (sent != $"Splunk {token}") return Code(403, 4, "Invalid token");
            var path = request.Path.Split('?')[0];
            return path switch
            {
                "/services/collector/event" => Take(request),
                "/services/collector/ack" => Acknowledge(request),
                "/services/collector/health" => request.Method == "GET" ? new Reply(200, Health) : new Reply(405),
                _ => new Reply(404, "The requested URL was not found on this server."),
            };
        }
    }

    /// <summary>Indexes what was taken until now.</summary>
    public void Index()
    {
        lock (_lock)
            foreach (var request in _requests.Keys.ToList()) _requests[request] = true;
    }

    /// <summary>Indexes one request of those that it took on a channel.</summary>
    public void Index(string channel, long request)
    {
        lock (_lock)
            if (_requests.ContainsKey((channel, request))) _requests[(channel, request)] = true;
    }

    private Reply Take(ReceivedRequest request)
    {
        if (request.Body.Length == 0) return Code(400, 5, "No data");
        var channel = request.Headers.GetValueOrDefault("X-Splunk-Request-Channel");
        if (Acknowledges && channel is null) return Code(400, 10, "Data channel is missing");
        if (Acknowledges && !Guid.TryParse(channel, out _)) return Code(400, 11, "Invalid data channel");
        _taken.Add(Encoding.UTF8.GetString(request.Body));
        if (!Acknowledges) return new Reply(200, """{"text":"Success","code":0}""");
        var number = _counts[channel!] = _counts.GetValueOrDefault(channel!, -1) + 1;
        _requests[(channel!, number)] = Indexes;
        return new Reply(200, $$"""{"text":"Success","code":0,"ackId":{{number}}}""");
    }

    private Reply Acknowledge(ReceivedRequest request)
    {
        if (!Acknowledges) return Code(400, 14, "ACK is disabled");
        var at = request.Path.IndexOf("channel=", StringComparison.Ordinal);
        if (at < 0) return Code(400, 10, "Data channel is missing");
        var channel = request.Path[(at + 8)..];
        var asked = JsonDocument.Parse(request.Body).RootElement.GetProperty("acks").EnumerateArray().Select(ack => ack.GetInt64()).ToList();
        var said = asked.ToDictionary(ack => ack.ToString(System.Globalization.CultureInfo.InvariantCulture), ack => _requests.GetValueOrDefault((channel, ack)));
        foreach (var ack in asked.Where(ack => _requests.GetValueOrDefault((channel, ack)))) _requests.Remove((channel, ack));
        return new Reply(200, JsonSerializer.Serialize(new { acks = said }));
    }

    private static Reply Code(int status, int code, string text) => new(status, $$"""{"text":"{{text}}","code":{{code}}}""");
}
