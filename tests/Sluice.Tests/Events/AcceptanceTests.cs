using System.Text;
using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Tests.Events;

/// <summary>The rules of the contract for one event, each with the code that a sender acts on.</summary>
public sealed class AcceptanceTests
{
    [Theory]
    [InlineData("""{"outcome":"success","actor":{"type":"user","id":"u"}}""", "missing_field", "action")]
    [InlineData("""{"action":"a","actor":{"type":"user","id":"u"}}""", "missing_field", "outcome")]
    [InlineData("""{"action":"a","outcome":"success"}""", "missing_field", "actor")]
    [InlineData("""{"action":"a","outcome":"success","actor":{"type":"user"}}""", "missing_field", "actor.id")]
    [InlineData("""{"action":"a","outcome":"success","actor":{"type":"user","id":null}}""", "missing_field", "actor.id")]
    [InlineData("""{"action":"a","outcome":"success","actor":{"type":"user","id":""}}""", "missing_field", "actor.id")]
    [InlineData("""{"action":"a","outcome":"success","actor":{"id":"u"}}""", "missing_field", "actor.type")]
    [InlineData("""{"action":null,"outcome":"success","actor":{"type":"user","id":"u"}}""", "missing_field", "action")]
    public void What_is_required_is_named_when_it_is_missing(string json, string code, string field) => AssertRefused(json, code, field);

    [Theory]
    [InlineData("\"colour\":1", "unknown_field", "colour")]
    [InlineData("\"api_call\":{\"colour\":1}", "unknown_field", "api_call.colour")]
    [InlineData("\"timestamp\":5", "invalid_type", "timestamp")]
    [InlineData("\"resource\":[]", "invalid_type", "resource")]
    [InlineData("\"metadata\":\"x\"", "invalid_type", "metadata")]
    [InlineData("\"resource\":{\"id\":7}", "invalid_type", "resource.id")]
    [InlineData("\"api_call\":{\"http_status\":\"200\"}", "invalid_type", "api_call.http_status")]
    [InlineData("\"api_call\":{\"http_status\":200.5}", "invalid_type", "api_call.http_status")]
    [InlineData("\"api_call\":{\"request\":[]}", "invalid_type", "api_call.request")]
    [InlineData("\"api_call\":{\"started_at\":\"yesterday\"}", "invalid_time", "api_call.started_at")]
    [InlineData("\"timestamp\":\"2026-13-01T00:00:00Z\"", "invalid_time", "timestamp")]
    [InlineData("\"timestamp\":\"2026-01-01T00:00:00\"", "invalid_time", "timestamp")]
    [InlineData("\"timestamp\":\"1969-12-31T23:59:59Z\"", "invalid_time", "timestamp")]
    [InlineData("\"timestamp\":\"2262-01-01T00:00:00Z\"", "invalid_time", "timestamp")]
    [InlineData("\"timestamp\":\"2026-01-01T00:00:00.1234567890Z\"", "invalid_time", "timestamp")]
    [InlineData("\"id\":\"\"", "invalid_id", "id")]
    [InlineData("\"id\":\"live\"", "invalid_id", "id")]
    [InlineData("\"id\":\"-a\"", "invalid_id", "id")]
    [InlineData("\"id\":\"a b\"", "invalid_id", "id")]
    [InlineData("\"tenant_id\":\"_sluice\"", "forbidden_tenant", "tenant_id")]
    [InlineData("\"metadata\":{\"a\":{\"b\":[1,\"\\u0000\"]}}", "invalid_string", "metadata.a.b[1]")]
    [InlineData("\"metadata\":{\"a\":\"\\ud800\"}", "invalid_string", "metadata.a")]
    [InlineData("\"metadata\":{\"a\":1,\"b\":2,\"a\":3}", "duplicate_member", "metadata.a")]
    [InlineData("\"metadata\":{\"a\":1,\"\\u0061\":3}", "duplicate_member", "metadata.a")]
    [InlineData("\"resource\":{\"id\":null,\"id\":\"x\",\"id\":\"y\"}", "duplicate_member", "resource.id")]
    [InlineData("\"service\":\"a\",\"service\":\"b\"", "duplicate_member", "service")]
    [InlineData("\"metadata\":{\"n\":9007199254740993}", "number_precision", "metadata.n")]
    [InlineData("\"metadata\":{\"n\":1e400}", "number_precision", "metadata.n")]
    public void A_member_that_breaks_a_rule_is_named_with_its_path(string members, string code, string field) => AssertRefused(Some.EventWith(members), code, field);

    [Fact]
    public void Thirty_two_levels_are_taken_and_one_more_is_too_deep()
    {
        // The event is level 1 and metadata level 2.
        Assert.Empty(Some.Parse(Some.EventWith($"\"metadata\":{{\"a\":{new string('[', 30)}{new string(']', 30)}}}")).Rejected);
        AssertRefused(Some.EventWith($"\"metadata\":{{\"a\":{new string('[', 31)}{new string(']', 31)}}}"), "too_deep", null);
    }

    [Fact]
    public void An_event_is_as_large_as_its_canonical_form()
    {
        using var fits = Some.Parse(Some.EventWith($"\"metadata\":{{\"a\":\"{new string('x', 261_000)}\"}}"));
        Assert.Empty(fits.Rejected);
        AssertRefused(Some.EventWith($"\"metadata\":{{\"a\":\"{new string('x', 262_144)}\"}}"), "too_large", null);
        AssertRefused(Some.EventWith($"\"metadata\":{{\"personal\":\"{new string('x', 262_144)}\"}}"), "too_large", null);
    }

    [Fact]
    public void Absent_members_are_filled_in()
    {
        using var request = Some.Parse(Some.Event, tenant: "acme");
        using var json = JsonDocument.Parse(Some.BodyOf(request.Accepted));

        Assert.StartsWith("evt_", json.RootElement.GetProperty("id").GetString());
        Assert.Equal("acme", json.RootElement.GetProperty("tenant_id").GetString());
        Assert.Equal("certificate_lifecycle", json.RootElement.GetProperty("category").GetString());
        Assert.Equal(30, json.RootElement.GetProperty("timestamp").GetString()!.Length);
        Assert.Equal(22, json.RootElement.GetProperty("salt").GetString()!.Length);
    }

    [Fact]
    public void An_unknown_action_is_uncatalogued_and_the_default_tenant_is_named()
    {
        using var request = Some.Parse("""{"action":"x.y","outcome":"denied","actor":{"type":"system","id":"s"}}""");

        Assert.Contains("\"tenant_id\":\"default\",\"category\":\"uncatalogued\"", Some.BodyOf(request.Accepted));
    }

    [Fact]
    public void Nulls_of_known_members_are_left_out_and_others_are_kept()
    {
        using var request = Some.Parse(Some.EventWith("""
            "service":null,"resource":{"id":null,"x":null},"metadata":{"a":null},"api_call":{"request":{"b":null},"response":null}
            """));

        var body = Some.BodyOf(request.Accepted);
        Assert.Contains("""
            "resource":{"x":null},"api_call":{"request":{"b":null}},"metadata":{"a":null}
            """.Trim(), body);
        Assert.DoesNotContain("service", body);
    }

    [Fact]
    public void An_exported_line_can_be_sent_again()
    {
        using var request = Some.Parse(Some.EventWith("""
            "id":"evt_1","salt":"AAECAwQFBgcICQoLDA0ODw","sequence":7,"persisted_at":"2026-03-15T08:42:17.010000000Z","integrity_hash":"sha256:00"
            """));

        Assert.Empty(request.Rejected);
        Assert.DoesNotContain("sequence", Some.BodyOf(request.Accepted));
        Assert.DoesNotContain("AAECAwQFBgcICQoLDA0ODw", Some.BodyOf(request.Accepted));
    }

    [Fact]
    public void Times_keep_nine_digits_in_utc()
    {
        using var request = Some.Parse(Some.EventWith("\"timestamp\":\"2026-03-15T10:42:17.123456789+02:00\",\"api_call\":{\"ended_at\":\"2026-03-15T08:42:17z\"}"));

        Assert.Contains("\"timestamp\":\"2026-03-15T08:42:17.123456789Z\"", Some.BodyOf(request.Accepted));
        Assert.Contains("\"ended_at\":\"2026-03-15T08:42:17.000000000Z\"", Some.BodyOf(request.Accepted));
    }

    [Fact]
    public void Values_keep_their_types_and_are_spelled_canonically()
    {
        using var request = Some.Parse(Some.EventWith("\"metadata\":{\"z\":1.50,\"a\":[true,false,1e2,-0],\"\\u00e9\":\"a\\/b\\u001f\",\"big\":\"9007199254740993\"}"));

        Assert.Contains("\"metadata\":{\"a\":[true,false,100,0],\"big\":\"9007199254740993\",\"z\":1.5,\"é\":\"a/b\\u001f\"}", Some.BodyOf(request.Accepted));
    }

    [Theory]
    [InlineData(Some.Event)]
    [InlineData("""{"id":"evt_1","timestamp":"2026-03-15T08:42:17.003Z","tenant_id":"acme","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_k1","name":"Ada","email":"ada@example.com"},"resource":{"type":"certificate","id":"crt_o5"},"source_ip":"203.0.113.42","metadata":{"validity_days":365,"personal":{"phone":"+41 44 000 00 00"}}}""")]
    [InlineData("""{"action":"x.y","outcome":"denied","actor":{"type":"system","id":"s","z":[{"b":1,"a":2}],"A":{}},"user_agent":"q\"\\","metadata":{"personal":null,"\u0001":1},"api_call":{"url":"u","http_status":404,"ended_at":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"action":"x.y","outcome":"denied","actor":{"type":"system","id":"s"},"metadata":{"personal":{"only":true}},"tenant_id":"t\"\u00e9\ud83d\ude00"}""")]
    public void The_digest_is_the_one_that_anyone_computes_from_the_body(string json)
    {
        using var request = Some.Parse(json);
        Assert.Empty(request.Rejected);
        ref var accepted = ref request.Accepted[0];

        Assert.True(EventHash.TryCompute(request.Accepted.Body(accepted), out var digest, out var problem), problem);
        Assert.Equal(digest, accepted.Digest);
        Assert.Equal(MerkleHash.Leaf(digest), accepted.Leaf);
    }

    [Fact]
    public void Index_keys_read_back_from_a_body_are_those_of_acceptance()
    {
        using var request = Some.Parse(Some.EventWith("\"id\":\"e1\",\"tenant_id\":\"t\\u00e9\",\"request_id\":\"r\",\"resource\":{\"id\":\"r\\\"1\"},\"timestamp\":\"2026-03-15T08:42:17.000000001Z\",\"api_call\":{\"url\":\"/\",\"started_at\":\"2026-03-15T08:42:17Z\",\"ended_at\":\"2026-03-15T10:42:18.5+02:00\"}"));
        ref var accepted = ref request.Accepted[0];

        var keys = Sluice.Events.BodyKeys.Read(request.Accepted.Body(accepted), accepted.Digest, out var times);

        Assert.Equal(accepted.Times, times);
        Assert.Equal(1_500_000_000 - 1, times.EndedAt - times.Timestamp);
        Assert.Equal(times.EndedAt, Sluice.Events.BodyTimes.EndedAt(request.Accepted.Body(accepted)));
        for (var kind = 0; kind < Sluice.Events.IndexKeys.Count; kind++) Assert.Equal(accepted.Keys[kind], keys[kind]);
    }

    private static void AssertRefused(string json, string code, string? field)
    {
        using var request = Some.Parse(json);
        var rejected = Assert.Single(request.Rejected);
        Assert.Equal(code, rejected.Code);
        if (field is not null) Assert.Equal(field, rejected.Field);
        Assert.Equal(0, request.Accepted.Count);
    }
}
