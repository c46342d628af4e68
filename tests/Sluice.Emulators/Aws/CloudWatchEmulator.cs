using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Emulators.Aws;

/// <param name="Time">Milliseconds since 1970.</param>
public sealed record LogEvent(long Time, string Message);

/// <summary>
/// CloudWatch Logs as far as a user may reach it who has <c>logs:CreateLogStream</c> and <c>logs:PutLogEvents</c> only, with its limits and its ways of
/// saying no.
/// </summary>
public sealed class CloudWatchEmulator(AwsSignature signature, TimeProvider time)
{
    private const int LargestCall = 1_048_576, Overhead = 26, MostEvents = 10_000;
    private const long Day = 86_400_000;

    private readonly Dictionary<(string Group, string Stream), List<LogEvent>> _streams = [];

    /// <summary>Groups that exist, with the days for which they keep events.</summary>
    public Dictionary<string, int> Groups { get; } = new() { ["sluice"] = 3_650 };

    public IReadOnlyList<LogEvent> Events(string group = "sluice", string stream = "sluice") => _streams.TryGetValue((group, stream), out var events) ? events : [];

    public void Add(string group, string stream) => _streams[(group, stream)] = [];

    public Reply Answer(ReceivedRequest request)
    {
        if (request is not { Method: "POST", Path: "/" }) return new Reply(404, "<UnknownOperationException/>");
        if (signature.Problem(request) is { } problem) return Error(Name(problem), "The request is not signed as it should be.");
        if (request.Headers.GetValueOrDefault("Content-Type") != "application/x-amz-json-1.1" || request.Headers.ContainsKey("Content-Encoding")) return Error("SerializationException", "");
        if (Parse(request.Body) is not { } body) return Error("SerializationException", "");
        var (group, stream) = ((string)body["logGroupName"]!, (string)body["logStreamName"]!);
        return request.Headers.GetValueOrDefault("X-Amz-Target") switch
        {
            "Logs_20140328.PutLogEvents" => Put(group, stream, body["logEvents"]!.AsArray()),
            "Logs_20140328.CreateLogStream" => Create(group, stream),
            var target => Error("AccessDeniedException", $"User is not authorized to perform {target}"),
        };
    }

    private static string Name(SignatureProblem problem) => problem switch
    {
        SignatureProblem.Missing => "MissingAuthenticationTokenException",
        SignatureProblem.Malformed => "IncompleteSignatureException",
        SignatureProblem.UnknownKey => "UnrecognizedClientException",
        _ => "InvalidSignatureException",
    };

    public static Reply Error(string type, string message) => new(400, new JsonObject { ["__type"] = type, ["message"] = message }.ToJsonString());

    /// <summary>Everything that CloudWatch refuses a whole call for.</summary>
    private static string? Fault(IReadOnlyList<LogEvent> events)
    {
        if (events.Count is 0 or > MostEvents) return "Member must have length between 1 and 10000";
        if (events.Any(one => one.Message.Length == 0)) return "Log event message must not be empty";
        if (events.Sum(one => Encoding.UTF8.GetByteCount(one.Message) + Overhead) > LargestCall) return "Upload too large: bytes exceeds limit of 1048576";
        if (!events.Select(one => one.Time).SequenceEqual(events.Select(one => one.Time).Order())) return "Log events in a single PutLogEvents request must be in chronological order.";
        return events[^1].Time - events[0].Time > Day ? "The batch of log events in a single PutLogEvents request cannot span more than 24 hours." : null;
    }

    private Reply Put(string group, string stream, JsonArray given)
    {
        var events = given.Select(one => new LogEvent((long)one!["timestamp"]!, (string)one["message"]!)).ToList();
        if (Fault(events) is { } fault) return Error("InvalidParameterException", fault);
        if (!_streams.TryGetValue((group, stream), out var stored) || !Groups.TryGetValue(group, out var days)) return Error("ResourceNotFoundException", "The specified log stream does not exist.");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (tooOld, expired, tooNew) = (events.Count(one => one.Time < now - 14 * Day), events.Count(one => one.Time < now - days * Day), events.FindIndex(one => one.Time > now + Day / 12));
        stored.AddRange(events[..(tooNew < 0 ? events.Count : tooNew)].Skip(Math.Max(tooOld, expired)));
        var rejected = new JsonObject();
        if (tooOld > 0) rejected["tooOldLogEventEndIndex"] = tooOld;
        if (expired > 0) rejected["expiredLogEventEndIndex"] = expired;
        if (tooNew >= 0) rejected["tooNewLogEventStartIndex"] = tooNew;
        var answer = new JsonObject { ["nextSequenceToken"] = $"{stored.Count:D56}" };
        if (rejected.Count > 0) answer["rejectedLogEventsInfo"] = rejected;
        return new Reply(200, answer.ToJsonString());
    }

    private Reply Create(string group, string stream)
    {
        if (!Groups.ContainsKey(group)) return Error("ResourceNotFoundException", "The specified log group does not exist.");
        return _streams.TryAdd((group, stream), []) ? new Reply(200) : Error("ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
