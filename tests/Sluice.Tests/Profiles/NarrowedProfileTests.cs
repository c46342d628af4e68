using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Delivery.Definitions;
using Sluice.Profiles;

namespace Sluice.Tests.Profiles;

/// <summary>What a destination gets that is not to get whole events.</summary>
public sealed class NarrowedProfileTests
{
    [Theory]
    [InlineData("id action", """{"id":"evt_a1b2c3d4e5f6","action":"certificate.issue"}""")]
    [InlineData("actor.id", """{"actor":{"id":"usr_k1"}}""")]
    [InlineData("actor resource.name", """{"actor":{"email":"ada@example.com","id":"usr_k1","name":"Ada","type":"user"},"resource":{"name":"api.example.com"}}""")]
    [InlineData("metadata.validity_days metadata.personal.phone metadata.absent", """{"metadata":{"personal":{"phone":"+41 44 000 00 00"},"validity_days":365}}""")]
    [InlineData("metadata.validity_days.deeper resource.absent", "{}")]
    [InlineData("metadata metadata.validity_days", """{"metadata":{"ca_id":"ca_s9","personal":{"phone":"+41 44 000 00 00"},"validity_days":365}}""")]
    [InlineData("api_call.request api_call.http_status", """{"api_call":{"http_status":200,"request":{"dns":["api.example.com"]}}}""")]
    [InlineData("sequence", """{"sequence":4711}""")]
    [InlineData("persisted_at id sequence", """{"id":"evt_a1b2c3d4e5f6","sequence":4711,"persisted_at":"2026-03-15T08:42:17.010000000Z"}""")]
    [InlineData("api_key_id", "{}")]
    public void Only_the_listed_members_are_sent(string fields, string expected) =>
        Assert.Equal(expected, Telling.Spelled(Narrowed("sluice", fields), Telling.Stored(Telling.Whole)));

    [Fact]
    public void A_name_with_a_dot_is_written_in_quotes()
    {
        var stored = Telling.Stored("""{"action":"a","outcome":"success","actor":{"type":"user","id":"u"},"metadata":{"a.b":1,"a":{"b":2}}}""");

        Assert.Equal("""{"metadata":{"a.b":1}}""", Telling.Spelled(Narrowed("sluice", "metadata.\"a.b\""), stored));
        Assert.Equal("""{"metadata":{"a":{"b":2}}}""", Telling.Spelled(Narrowed("sluice", "metadata.a.b"), stored));
    }

    [Theory]
    [InlineData("zaita", "actor.id", """{"event_id":"evt_a1b2c3d4e5f6","timestamp":"2026-03-15T08:42:17.003Z","tenant_id":"tnt_7g8h","actor":{"id":"usr_k1"},"action":"certificate.issue","outcome":"success"}""")]
    [InlineData("truthlocks", "metadata.validity_days", """{"id":"evt_a1b2c3d4e5f6","timestamp":"2026-03-15T08:42:17.003Z","tenant_id":"tnt_7g8h","action":"certificate.issue","outcome":"SUCCESS","metadata":{"validity_days":365}}""")]
    [InlineData("leef", "actor.id", "LEEF:2.0|Sluice|Audit|1.0|certificate.issue|x09|devTime=2026-03-15T08:42:17.003+0000\tdevTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ\tsev=3\tid=evt_a1b2c3d4e5f6\ttenantId=tnt_7g8h\taction=certificate.issue\toutcome=success\tusrName=usr_k1\tactorId=usr_k1")]
    public void Other_profiles_spell_what_is_left_and_what_they_need(string profile, string fields, string expected) =>
        Assert.Equal(expected, Telling.Spelled(Narrowed(profile, fields), Telling.Stored(Telling.Whole)));

    [Fact]
    public void An_integrity_hash_is_sent_when_it_is_listed() =>
        Assert.Contains("\"integrity_hash\":\"sha256:", Telling.Spelled(Narrowed("truthlocks", "integrity_hash"), Telling.Stored(Telling.Whole)), StringComparison.Ordinal);

    [Fact]
    public void Masking_comes_before_choosing() =>
        Assert.Equal("""{"actor":{"id":"usr_k1"}}""", Telling.Spelled(NarrowedProfile.Of(SluiceProfile.Instance, [["actor", "id"], ["actor", "email"], ["source_ip"], ["salt"]], masksPersonal: true), Telling.Stored(Telling.Whole)));

    [Theory]
    [InlineData("sluice")]
    [InlineData("zaita")]
    [InlineData("veza")]
    [InlineData("truthlocks")]
    [InlineData("gitlab")]
    [InlineData("zitadel")]
    [InlineData("cloudevents")]
    [InlineData("ocsf")]
    [InlineData("ecs")]
    [InlineData("cef")]
    [InlineData("leef")]
    public void No_profile_shows_what_is_masked(string profile)
    {
        var spelled = Telling.Spelled(NarrowedProfile.Of(ProfileCatalogue.Named(profile), [], masksPersonal: true), Telling.Stored(Telling.Whole));

        Assert.All(
            new[] { "Ada", "ada@example.com", "203.0.113.42", "curl/8.5", "+41 44 000 00 00", "AAECAwQFBgcICQoLDA0ODw" },
            personal => Assert.DoesNotContain(personal, spelled, StringComparison.Ordinal));
    }

    [Fact]
    public void Whole_events_are_spelled_by_the_profile_itself() =>
        Assert.Same(SluiceProfile.Instance, NarrowedProfile.Of(SluiceProfile.Instance, [], masksPersonal: false));

    [Fact]
    public void Choosing_members_agrees_with_the_obvious_way() =>
        Prop.ForAll(SomeEvents.Any().Zip(Gen.SubListOf(Fields)).ToArbitrary(), pair =>
        {
            var (sent, fields) = pair;
            if (fields.Count == 0) return;
            var stored = Telling.Stored(sent);
            var whole = JsonNode.Parse(Telling.Spelled("sluice", stored))!.AsObject();
            var expected = new JsonObject();
            foreach (var path in FieldList.Parse([.. fields])) Put(expected, whole, path);

            var spelled = JsonNode.Parse(Telling.Spelled(NarrowedProfile.Of(SluiceProfile.Instance, FieldList.Parse([.. fields]), masksPersonal: false), stored));

            Assert.True(JsonNode.DeepEquals(expected, spelled), $"{string.Join(' ', fields)}: {spelled} instead of {expected}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static readonly string[] Fields =
        ["id", "timestamp", "category", "actor", "actor.id", "actor.team", "resource.type", "resource.region", "api_call.request", "api_call.request.a", "metadata.a", "metadata.\"é=|\"", "metadata.personal", "source_ip", "sequence", "integrity_hash", "salt"];

    private static void Put(JsonObject to, JsonObject from, IReadOnlyList<string> path)
    {
        if (!from.ContainsKey(path[0])) return;
        if (path.Count == 1)
        {
            to[path[0]] = from[path[0]]?.DeepClone();
            return;
        }

        if (from[path[0]] is not JsonObject inner || Find(inner, path.Skip(1)) is false) return;
        if (to[path[0]] is not JsonObject already) to[path[0]] = already = [];
        Put(already, inner, [.. path.Skip(1)]);
    }

    private static bool Find(JsonObject from, IEnumerable<string> path) =>
        from.ContainsKey(path.First()) && (path.Count() == 1 || (from[path.First()] is JsonObject inner && Find(inner, path.Skip(1))));

    private static IProfile Narrowed(string profile, string fields) => NarrowedProfile.Of(ProfileCatalogue.Named(profile), FieldList.Parse(fields.Split(' ')), masksPersonal: false);
}
