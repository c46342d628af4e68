using System.Text.Json.Nodes;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Tests.Destinations.GoogleCloudLogging;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Oracles;

/// <summary>
/// The requests that Sluice sends are those that the provider's own client sends for the same events, but for what each test lists. Events are of two tenants with one id,
/// one of them with all that is awkward in JSON.
/// </summary>
public sealed class OfficialClientTests : IAsyncLifetime
{
    private static readonly string[] Bodies =
    [
        """{"id":"evt_0","timestamp":"2026-03-15T08:42:17.003000001Z","tenant_id":"t1","category":"access","action":"user.login","outcome":"success","actor":{"type":"user","id":"a\"b]c\\d"},"metadata":{"float":1.5,"large":1e+21,"list":[true,null,{}],"text":"tab\t, line\n, \u0001, ü, 😀, </script>"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""",
        """{"id":"evt_0","timestamp":"2026-03-15T08:42:17.103000000Z","tenant_id":"t2","category":"access","action":"user.login","outcome":"denied","actor":{"type":"user","id":"ü"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""",
        """{"id":"evt_2","timestamp":"2026-03-15T08:42:18.000000000Z","tenant_id":"t1","category":"x","action":"a/b.\"c\"","outcome":"failure","actor":{"type":"system","id":"s"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""",
    ];

    private Receiver _ours = null!, _theirs = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        Oracle.SkipUnlessInstalled();
        (_ours, _theirs) = (await Receiver.StartAsync(), await Receiver.StartAsync());
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _streams.Ledger.Append(Bodies);
    }

    public async ValueTask DisposeAsync()
    {
        if (_streams is null) return;
        await _streams.DisposeAsync();
        await _ours.DisposeAsync();
        await _theirs.DisposeAsync();
    }

    [Fact]
    public async Task Of_Elasticsearch()
    {
        const string took = """{"took":1,"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}}]}""";
        _ours.Answer = _theirs.Answer = _ => new Reply(200, took, new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-Elastic-Product"] = "Elasticsearch" });

        var ours = await SendAsync("""{"provider":"elastic","token":"bm9uZTpvZi15b3Vy","pipeline":"audit"}""");
        var theirs = await AskAsync("elastic", new JsonObject { ["token"] = "bm9uZTpvZi15b3Vy", ["index"] = "sluice-audit", ["pipeline"] = "audit" });

        Assert.Equal(
            [
                // The plain type is what every version and OpenSearch take; the client's binds it to servers of its own version.
                "header content-type: application/x-ndjson | application/vnd.elasticsearch+x-ndjson; compatible-with=9",
                // Of the answer, only what is read.
                "query filter_path: errors,items.*.status,items.*.failure_store,items.*.error.type,items.*.error.reason | -",
            ],
            RequestComparison.Differences(ours, theirs));
    }

    [Fact]
    public async Task Of_Datadog()
    {
        _ours.Answer = _theirs.Answer = _ => new Reply(202, "{}", new Dictionary<string, string> { ["Content-Type"] = "application/json" });

        var ours = await SendAsync("""{"provider":"datadog","token":"0f1e2d3c4b5a69788796a5b4c3d2e1f0","tags":"env:test,team:ü","service":"audit"}""");
        var theirs = await AskAsync("datadog", new JsonObject { ["token"] = "0f1e2d3c4b5a69788796a5b4c3d2e1f0", ["tags"] = "env:test,team:ü", ["service"] = "audit" });

        Assert.Empty(RequestComparison.Differences(ours, theirs));
    }

    [Fact]
    public async Task Of_Google_Cloud_Logging()
    {
        var account = new LogWriter();
        _ours.Answer = new GoogleCloudLogging(account.Tokens(_streams.Time.GetUtcNow), _streams.Time.GetUtcNow, new HashSet<string>()).Answer;
        _theirs.Answer = _ => new Reply(200, "{}", new Dictionary<string, string> { ["Content-Type"] = "application/json" });

        var ours = await SendAsync(account.Settings(_ours.Address.ToString()).ToJsonString());
        var theirs = await AskAsync("google_cloud_logging", new JsonObject { ["project"] = "audit-project-1", ["log"] = "audit/sluice", ["token"] = ours.Headers["Authorization"]["Bearer ".Length..] });

        Assert.Equal(
            [
                // Severities by their numbers or their names: the API takes both, and the client says in its query that it has numbers.
                "0.entries[0].severity: \"NOTICE\" | 300",
                "0.entries[1].severity: \"WARNING\" | 400",
                // Times have three, six or nine digits.
                "0.entries[1].timestamp: \"2026-03-15T08:42:17.103000000Z\" | \"2026-03-15T08:42:17.103Z\"",
                "0.entries[2].severity: \"WARNING\" | 400",
                "0.entries[2].timestamp: \"2026-03-15T08:42:18.000000000Z\" | \"2026-03-15T08:42:18.000Z\"",
                "0.labels: - | Object",
                "query $alt: - | json;enum-encoding=int",
            ],
            RequestComparison.Differences(ours, theirs));
    }

    [Fact]
    public async Task Of_CloudWatch_Logs()
    {
        _ours.Answer = _theirs.Answer = _ => new Reply(200, "{}", new Dictionary<string, string> { ["Content-Type"] = "application/x-amz-json-1.1" });

        var ours = await SendAsync("""{"provider":"cloudwatch","region":"eu-central-1","access_key_id":"AKIDEXAMPLE","secret_access_key":"wJalrXUtnFEMI/K7MDENG","log_group":"audit/prod","log_stream":"ü \"s\""}""");
        var theirs = await AskAsync("cloudwatch", new JsonObject { ["credentials"] = Credentials, ["region"] = "eu-central-1", ["group"] = "audit/prod", ["stream"] = "ü \"s\"", ["events"] = Texts() });

        Assert.Equal([$"header x-amz-content-sha256: - | {theirs.Headers["x-amz-content-sha256"]}"], RequestComparison.Differences(ours, theirs));   // only S3 wants it
        Assert.Equal(ours.Headers["Authorization"], (await SignedAsync(ours, "logs")).GetString());
    }

    [Fact]
    public async Task Of_S3()
    {
        var ours = await SendAsync("""
            {"provider":"s3","bucket":"audit-log","region":"eu-central-1","access_key_id":"AKIDEXAMPLE","secret_access_key":"wJalrXUtnFEMI/K7MDENG","prefix":"a_b!/c.d=e+f@g:h,i-j",
             "headers":[{"name":"x-amz-storage-class","value":"STANDARD_IA"},{"name":"x-amz-meta-team","value":" two  blanks "}]}
            """);
        var name = Uri.UnescapeDataString(ours.Path["/audit-log/".Length..]);
        var theirs = await AskAsync("s3", new JsonObject
        {
            ["credentials"] = Credentials, ["region"] = "eu-central-1", ["bucket"] = "audit-log", ["key"] = name, ["type"] = "application/x-ndjson",
            ["md5"] = ours.Headers["Content-MD5"], ["body"] = Convert.ToBase64String(ours.Body),
        });

        Assert.Equal(
            [
                "header x-amz-meta-team: two  blanks | -",
                "header x-amz-storage-class: STANDARD_IA | -",
                "query x-id: - | PutObject",   // the name of the call, for logs of proxies
            ],
            RequestComparison.Differences(ours, theirs));
        Assert.Equal(ours.Headers["Authorization"], (await SignedAsync(ours, "s3")).GetString());
    }

    [Fact]
    public async Task Of_OpenTelemetry()
    {
        _ours.Answer = _theirs.Answer = _ => new Reply(200, "{}", new Dictionary<string, string> { ["Content-Type"] = "application/json" });

        var ours = await SendAsync("""{"provider":"otlp","headers":[{"name":"Api-Key","value":"17-of-the-header"}]}""");
        var theirs = await AskAsync("otlp", new JsonObject { ["token"] = "17-of-the-header", ["events"] = Texts() });

        // OTLP spells 64-bit numbers as strings; the client has no larger ones than it can count. What was dropped, nothing, may be left out.
        Assert.Equal(
            [
                .. Enumerable.Range(0, 3).SelectMany(i => new[]
                {
                    $"0.resourceLogs[0].scopeLogs[0].logRecords[{i}].attributes[2].value.intValue: \"{i}\" | {i}",
                    $"0.resourceLogs[0].scopeLogs[0].logRecords[{i}].droppedAttributesCount: - | 0",
                }).Prepend("0.resourceLogs[0].resource.droppedAttributesCount: - | 0"),
            ],
            RequestComparison.Differences(ours, theirs));
    }

    [Fact]
    public async Task Of_Splunk()
    {
        _ours.Answer = _theirs.Answer = _ => new Reply(200, """{"text":"Success","code":0}""", new Dictionary<string, string> { ["Content-Type"] = "application/json" });

        var ours = await SendAsync("""{"provider":"splunk","token":"5f1c9a52-token-of-hec","index":"audit","sourcetype":"sluice:audit"}""");
        var theirs = await AskAsync("splunk", new JsonObject { ["token"] = "5f1c9a52-token-of-hec", ["index"] = "audit", ["sourcetype"] = "sluice:audit", ["host"] = Environment.MachineName });

        Assert.Equal(
            [
                // The client has milliseconds only; numbers and strings are both taken.
                "0.time: 1773564137.003000001 | \"1773564137.003\"",
                "1.time: 1773564137.103 | \"1773564137.103\"",
                "2.time: 1773564138.000 | \"1773564138.000\"",
                // The client leaves it to its library, and Splunk does not look at it.
                "header content-type: application/json | application/x-www-form-urlencoded",
                // The same call: 1.0 is the only version there is.
                "path: /services/collector/event | /services/collector/event/1.0",
            ],
            RequestComparison.Differences(ours, theirs));
    }

    private static JsonObject Credentials => new() { ["accessKeyId"] = "AKIDEXAMPLE", ["secretAccessKey"] = "wJalrXUtnFEMI/K7MDENG" };

    private JsonArray Texts() => [.. Enumerable.Range(0, Bodies.Length).Select(i => (JsonNode)_streams.Ledger.Spelled(i))];

    private async Task<ReceivedRequest> SendAsync(string json)
    {
        var settings = JsonNode.Parse(json)!.AsObject();
        settings["endpoint"] = _ours.Address.GetLeftPart(UriPartial.Authority);
        settings["start_from"] = "beginning";
        var id = (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        await _streams.UntilCursorAsync(id, Bodies.Length - 1);
        return _ours.Requests[^1];
    }

    private async Task<ReceivedRequest> AskAsync(string script, JsonObject input)
    {
        input["address"] = _theirs.Address.GetLeftPart(UriPartial.Authority);
        input["events"] ??= new JsonArray([.. Texts().Select(text => JsonNode.Parse((string)text!))]);
        await Oracle.RunAsync(script, input);
        return Assert.Single(_theirs.Requests);
    }

    /// <summary>How AWS's client signs the request that was sent.</summary>
    private static async Task<System.Text.Json.JsonElement> SignedAsync(ReceivedRequest request, string service)
    {
        var names = request.Headers["Authorization"].Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        string[] added = ["x-amz-date", "x-amz-content-sha256"];
        var input = new JsonObject
        {
            ["method"] = request.Method, ["address"] = $"http://{request.Headers["Host"]}{request.Path}", ["body"] = Convert.ToBase64String(request.RawBody), ["service"] = service,
            ["region"] = "eu-central-1", ["credentials"] = Credentials, ["time"] = DateTimeOffset.ParseExact(request.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal).ToString("O"),
            ["headers"] = new JsonObject(names.Except(added).Select(name => KeyValuePair.Create(name, (JsonNode?)request.Headers[name]))),
        };
        return (await Oracle.AskAsync("signature", new JsonObject { ["requests"] = new JsonArray(input) }))[0];
    }
}
