using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sluice.Destinations;
using Sluice.Destinations.Http;
using Sluice.Destinations.S3;
using Sluice.Emulators;
using Sluice.Emulators.S3;
using Sluice.Streams;
using Sluice.Tests.Contracts;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.S3;

public sealed class S3DestinationTests : IAsyncLifetime
{
    private const string Key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;
    private S3Emulator _store = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _store = new S3Emulator("audit", "eu-central-1", "AKID", Key, _streams.Time.GetUtcNow);
        _receiver.Answer = _store.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_is_one_object_of_lines_whose_name_tells_its_time_and_place()
    {
        _streams.Ledger.AppendMany(3);
        var id = await CreateAsync("""
            "prefix":"audit=1/prod/"
            """);

        await _streams.UntilCursorAsync(id, 2);

        var (name, stored) = Assert.Single(_store.Objects);
        Assert.Matches("^audit=1/prod/date=2026-03-15/hour=08/00000000000000000000-00000000000000000002-[0-9a-f]{16}\\.ndjson$", name);
        Assert.Equal("application/x-ndjson", stored.ContentType);
        Assert.EndsWith("}\n", Encoding.UTF8.GetString(stored.Bytes), StringComparison.Ordinal);
        Assert.Equal(["evt_0", "evt_1", "evt_2"], StoredLines.Events(stored.Bytes).Select(line => line.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task A_retry_writes_the_same_bytes_to_the_same_name(string compression)
    {
        _streams.Ledger.AppendMany(5);
        var lost = 2;
        _receiver.Answer = request => lost-- > 0 ? _store.StoreAndReset(request) : _store.Answer(request);
        var id = await CreateAsync($"""
            "compression":"{compression}"
            """);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(3, Assert.Single(_store.Objects).Value.Writes);
        Assert.Single(_receiver.Requests.Select(request => (request.Path, Convert.ToHexString(request.RawBody))).Distinct());
    }

    [Fact]
    public async Task A_restart_before_the_confirmation_writes_the_same_object_again()
    {
        _streams.Ledger.AppendMany(5);
        _receiver.Answer = _store.StoreAndReset;
        var id = await CreateAsync();
        await StreamHarness.UntilNowAsync(() => _receiver.Requests.Count >= 1);
        await _streams.RestartAsync();
        _receiver.Answer = _store.Answer;

        await _streams.UntilCursorAsync(id, 4);

        Assert.True(Assert.Single(_store.Objects).Value.Writes >= 2);
    }

    [Fact]
    public async Task Two_destinations_share_a_bucket_without_touching_each_others_objects()
    {
        _streams.Ledger.AppendMany(5);
        var (one, other) = (await CreateAsync(), await CreateAsync());

        await _streams.UntilCursorAsync(one, 4);
        await _streams.UntilCursorAsync(other, 4);

        Assert.Equal([1, 1], _store.Objects.Values.Select(stored => stored.Writes));
    }

    [Fact]
    public async Task Names_sort_in_the_order_of_the_ledger()
    {
        var id = await CreateAsync();
        for (var i = 0; i < 12; i++)
        {
            _streams.Ledger.AppendMany(1);
            await _streams.UntilCursorAsync(id, i);
            _streams.Time.Advance(TimeSpan.FromHours(5));
        }

        var ids = _store.Objects.Values.SelectMany(stored => StoredLines.Events(stored.Bytes)).Select(line => line.GetProperty("id").GetString());
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"evt_{i}"), ids);
    }

    [Fact]
    public async Task Compressed_objects_say_so_in_their_name_and_type_only()
    {
        _streams.Ledger.AppendMany(3);
        var id = await CreateAsync("""
            "compression":"gzip"
            """);

        await _streams.UntilCursorAsync(id, 2);

        var (name, stored) = Assert.Single(_store.Objects);
        Assert.EndsWith(".ndjson.gz", name, StringComparison.Ordinal);
        Assert.Equal("application/gzip", stored.ContentType);
        Assert.False(_receiver.Requests[0].Headers.ContainsKey("Content-Encoding"));
        Assert.Equal([0, 0, 0, 0], stored.Bytes[4..8]);
        using var gzip = new GZipStream(new MemoryStream(stored.Bytes), CompressionMode.Decompress);
        Assert.Equal(3, new StreamReader(gzip).ReadToEnd().Count(c => c == '\n'));
    }

    [Fact]
    public async Task GitLabs_layout_is_an_object_for_each_event()
    {
        _streams.Ledger.Append(
            Body("evt_1", "t1", "update_approval_rules", "Group"), Body("evt_2", "t1", "user.login", "Gitlab::Audit::InstanceScope"), Body("evt_3", "t1", "a/b", "Namespaces::UserNamespace"),
            ScriptedLedger.Body(3));
        var id = await CreateAsync("""
            "layout":"gitlab","tenant_id":"t1"
            """);

        await _streams.UntilCursorAsync(id, 3);

        Assert.Equal(
            [
                "group/2023/09/update_approval_rules_evt_1_1694441509820.json", "instance/2023/09/user.login_evt_2_1694441509820.json",
                "unspecified/2026/03/user.login_evt_3_1773564137003.json", "user/2023/09/a_b_evt_3_1694441509820.json",
            ],
            _store.Objects.Keys);
        Assert.All(_store.Objects.Values, stored => Assert.Equal("application/json", stored.ContentType));
        Assert.Equal("evt_1", JsonElement.Parse(_store.Objects.First().Value.Bytes).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Two_tenants_with_the_same_id_have_two_objects_in_GitLabs_layout()
    {
        _streams.Ledger.Append(Body("evt_1", "t1", "a.b", "group"), Body("evt_1", "t2", "a.b", "group"));
        var id = await CreateAsync("""
            "layout":"gitlab"
            """);

        await _streams.UntilCursorAsync(id, 1);

        Assert.Equal(["group/2023/09/a.b_t1:evt_1_1694441509820.json", "group/2023/09/a.b_t2:evt_1_1694441509820.json"], _store.Objects.Keys);
    }

    [Fact]
    public async Task A_test_writes_one_object_whose_name_says_so()
    {
        var id = await CreateAsync();

        var result = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.True(result!.Ok, result.Answer);
        var (name, stored) = Assert.Single(_store.Objects);
        Assert.StartsWith("test/date=", name, StringComparison.Ordinal);
        Assert.True(Assert.Single(StoredLines.Events(stored.Bytes)).GetProperty("metadata").GetProperty("test").GetBoolean());
    }

    [Fact]
    public async Task Headers_of_S3_that_a_user_adds_are_signed()
    {
        _streams.Ledger.AppendMany(1);
        var id = await CreateAsync("""
            "headers":[{"name":"x-amz-server-side-encryption","value":"aws:kms"},{"name":"X-Team","value":"soc"}]
            """);

        await _streams.UntilCursorAsync(id, 0);

        Assert.Equal("aws:kms", _receiver.Requests[0].Headers["x-amz-server-side-encryption"]);
        Assert.Single(_store.Objects);
    }

    [Fact]
    public async Task Who_asks_not_to_replace_objects_has_a_412_for_the_same_object_as_delivered()
    {
        _streams.Ledger.AppendMany(5);
        var lost = 1;
        _receiver.Answer = request => lost-- > 0 ? _store.StoreAndReset(request) : _store.Answer(request);
        var id = await CreateAsync("""
            "headers":[{"name":"If-None-Match","value":"*"}]
            """);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal((1, 412), (Assert.Single(_store.Objects).Value.Writes, _receiver.Exchanges[^1].Reply.Status!.Value));
    }

    [Theory]
    [InlineData("wrong", "eu-central-1", "audit", ErrorClass.Auth)]
    [InlineData(Key, "us-east-1", "audit", ErrorClass.Auth)]
    [InlineData(Key, "eu-central-1", "elsewhere", ErrorClass.NotFound)]
    public async Task Wrong_settings_are_an_outage_that_an_update_ends(string key, string region, string bucket, ErrorClass error)
    {
        _streams.Ledger.AppendMany(5);
        var id = (await _streams.CreateAsync(Settings(key, region, bucket, ""))).Definition.Id;
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var state = _streams.Stand(id).State;

        await _streams.UpdateAsync(id, $$"""{"secret_access_key":"{{Key}}","region":"eu-central-1","bucket":"audit"}""");
        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(error, state.LastError!.Class);
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Theory]
    [InlineData(200, "", "delivered")]
    [InlineData(301, "PermanentRedirect", "not_found")]
    [InlineData(307, "TemporaryRedirect", "not_found")]
    [InlineData(400, "EntityTooLarge", "too_large")]
    [InlineData(413, "", "too_large")]
    [InlineData(400, "AuthorizationHeaderMalformed", "auth")]
    [InlineData(400, "ExpiredToken", "auth")]
    [InlineData(400, "BadDigest", "server")]
    [InlineData(400, "RequestTimeout", "timeout")]
    [InlineData(400, "InvalidRequest", "server")]
    [InlineData(400, "SomethingElse", "refused")]
    [InlineData(403, "AccessDenied", "auth")]
    [InlineData(403, "RequestTimeTooSkewed", "auth")]
    [InlineData(404, "NoSuchBucket", "not_found")]
    [InlineData(409, "ConditionalRequestConflict", "server")]
    [InlineData(412, "PreconditionFailed", "server")]
    [InlineData(500, "InternalError", "server")]
    [InlineData(503, "SlowDown", "throttled")]
    public void Codes_tell_what_is_to_be_done(int status, string code, string outcome) =>
        Assert.Equal(outcome, Outcomes.Name(S3Outcome.Of(new HttpAnswer(status, S3Emulator.Error(status, code).Body, null, 0), onlyOnce: false)));

    [Theory]
    [InlineData("bkt", "https://bkt.s3.eu-west-1.amazonaws.com/a/date%3D1/x%3Ay.json", "eu-west-1", null)]
    [InlineData("my.bkt", "https://s3.eu-west-1.amazonaws.com/my.bkt/a/date%3D1/x%3Ay.json", "eu-west-1", null)]
    [InlineData("bkt", "https://bkt.s3.cn-north-1.amazonaws.com.cn/a/date%3D1/x%3Ay.json", "cn-north-1", null)]
    [InlineData("bkt", "https://minio.example.com:9000/bkt/a/date%3D1/x%3Ay.json", null, "https://minio.example.com:9000/")]
    public void An_address_is_spelled_as_it_is_signed(string bucket, string address, string? region, string? endpoint)
    {
        var settings = new S3Settings
        {
            AccessKeyId = new("a"), SecretAccessKey = new("b"), Bucket = bucket, Region = region, Endpoint = endpoint is null ? null : Endpoint.Parse(endpoint),
        };

        Assert.Equal(address, S3Address.Of(settings, "a/date=1/x:y.json").AbsoluteUri);
    }

    private static string Body(string id, string tenant, string action, string type) =>
        $$$"""{"id":"{{{id}}}","timestamp":"2023-09-11T14:11:49.820000000Z","tenant_id":"{{{tenant}}}","category":"x","action":"{{{action}}}","outcome":"success","actor":{"type":"user","id":"u"},"resource":{"type":"{{{type}}}","id":"1"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private async Task<string> CreateAsync(string more = "") => (await _streams.CreateAsync(Settings(Key, "eu-central-1", "audit", more))).Definition.Id;

    private string Settings(string key, string region, string bucket, string more) => $$"""
        {"provider":"s3","endpoint":"{{_receiver.Address.GetLeftPart(UriPartial.Authority)}}","access_key_id":"AKID","secret_access_key":"{{key}}","bucket":"{{bucket}}","region":"{{region}}",
         "start_from":"beginning"{{(more.Length == 0 ? "" : ",")}}{{more}}}
        """;
}
