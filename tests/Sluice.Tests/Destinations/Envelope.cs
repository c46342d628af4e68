using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Emulators.Gcs;
using Sluice.Tests.Destinations.GoogleCloudLogging;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations;

/// <summary>How to send one event by a kind, and how to find it again in what arrives.</summary>
internal sealed class Envelope(Func<JsonObject> settings, Func<bool, Task<string>> inside) : IAsyncDisposable
{
    private const string Keys = """{"access_key_id":"AKID","secret_access_key":"secret","region":"eu-central-1"}""";

    private SyslogReceiver? _syslog;

    public JsonObject Settings => settings();

    /// <summary>The event that arrived last, without what the kind put around it.</summary>
    /// <param name="isJson">Whether the profile is JSON; of others the text is in a string, or alone.</param>
    public Task<string> InsideAsync(bool isJson) => inside(isJson);

    public ValueTask DisposeAsync() => _syslog?.DisposeAsync() ?? ValueTask.CompletedTask;

    public static Envelope Of(string kind, StreamHarness streams, Receiver receiver, TemporaryFolder folder, MemoryStream output)
    {
        var written = 0;
        receiver.Answer = _ => new Reply(200, "{}");
        return kind switch
        {
            "webhook" => Http("{}", root => root[0]),
            "splunk" => Http("""{"token":"t"}""", root => root.GetProperty("event")),
            "datadog" => Http("""{"token":"t"}""", root => root[0].GetProperty("event")),
            "cloudwatch" => Text(Keys, request => JsonElement.Parse(request.Body).GetProperty("logEvents")[0].GetProperty("message").GetString()!),
            "elastic" => Elastic(),
            "http" => Text("{}", request => Encoding.UTF8.GetString(request.Body)),
            "google_cloud_logging" => Google(new LogWriter()),
            "otlp" => Text("{}", request => OtlpCollector.BodyOf(OtlpCollector.Records(request.Body).Single())),
            "s3" => Text(Keys[..^1] + ""","bucket":"audit-log"}""", Line),
            "gcs" => Gcs(),
            "syslog" => Syslog(),
            "file" => new Envelope(() => new JsonObject { ["path"] = $"{++written}.ndjson" }, _ => Task.FromResult(File.ReadAllText(folder.File($"{written}.ndjson")).TrimEnd('\n'))),
            "stdout" => new Envelope(() => [], _ => Task.FromResult(Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n')[^1])),
            _ => throw new ArgumentException($"Say here how {kind} wraps events."),
        };

        Envelope Text(string members, Func<ReceivedRequest, string> read) => new(() => WithEndpoint(members), _ => Task.FromResult(read(receiver.Requests[^1])));

        Envelope Http(string members, Func<JsonElement, JsonElement> find) =>
            new(() => WithEndpoint(members), isJson => Task.FromResult(Value(find(JsonElement.Parse(receiver.Requests[^1].Body)), isJson)));

        JsonObject WithEndpoint(string members)
        {
            var all = JsonNode.Parse(members)!.AsObject();
            all["endpoint"] = receiver.Address.GetLeftPart(UriPartial.Authority);
            return all;
        }

        Envelope Elastic()
        {
            receiver.Answer = _ => new Reply(200, """{"errors":false,"items":[{"create":{"status":201}}]}""");
            return new Envelope(() => WithEndpoint("""{"token":"t"}"""), isJson => Task.FromResult(Document(Encoding.UTF8.GetString(receiver.Requests[^1].Body).Split('\n')[1], isJson)));
        }

        Envelope Google(LogWriter account)
        {
            receiver.Answer = new Sluice.Emulators.GoogleCloudLogging(account.Tokens(streams.Time.GetUtcNow), streams.Time.GetUtcNow, new HashSet<string>()).Answer;
            return new Envelope(
                () => account.Settings(receiver.Address.ToString()),
                isJson => Task.FromResult(Value(JsonElement.Parse(receiver.Requests[^1].Body).GetProperty("entries")[0].GetProperty(isJson ? "jsonPayload" : "textPayload"), isJson)));
        }

        Envelope Gcs()
        {
            var store = new GcsEmulator("audit-bucket", ServiceAccount.Tokens());
            receiver.Answer = store.Answer;
            var endpoint = receiver.Address.GetLeftPart(UriPartial.Authority);
            return new Envelope(
                () => new JsonObject { ["endpoint"] = endpoint, ["bucket"] = "audit-bucket", ["payload_for"] = new JsonArray("*"), ["credentials"] = ServiceAccount.Json($"{endpoint}{GcsEmulator.TokenPath}") },
                _ => Task.FromResult(Line(receiver.Requests.Last(request => GcsEmulator.NameOf(request) is { } name && !name.EndsWith(".RESOLVED", StringComparison.Ordinal)))));
        }

        Envelope Syslog()
        {
            var syslog = new SyslogReceiver();
            return new Envelope(() => new JsonObject { ["endpoint"] = $"tcp://127.0.0.1:{syslog.Port}" }, async _ =>
            {
                var before = written++;
                await StreamHarness.UntilNowAsync(() => syslog.Messages.Count > before);
                return syslog.Messages[^1].Split("] \uFEFF", 2)[1];
            }) { _syslog = syslog };
        }
    }

    private static string Line(ReceivedRequest request) => Encoding.UTF8.GetString(request.Body).TrimEnd('\n');

    private static string Value(JsonElement value, bool isJson) => isJson ? value.GetRawText() : value.GetString()!;

    /// <summary>A document begins with the time that data streams want, unless the profile has written one.</summary>
    private static string Document(string line, bool isJson)
    {
        const string time = """{"@timestamp":"2026-03-15T08:42:17.003000001Z",""";
        Assert.StartsWith("{\"@timestamp\":\"2026-03-15T08:42:17.003", line);
        if (!isJson) return JsonElement.Parse(line).GetProperty("message").GetString()!;
        return line.Contains("\"ecs\"", StringComparison.Ordinal) ? line : $"{{{line[time.Length..]}";
    }
}
