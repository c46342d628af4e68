using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Tests.Profiles;

/// <summary>What holds for every event that is accepted, however odd its texts.</summary>
public sealed class AnyEventTests
{
    private static readonly Dictionary<string, string[]> MetadataAt = new()
    {
        ["sluice"] = ["metadata"],
        ["zaita"] = ["metadata"],
        ["gitlab"] = ["details", "metadata"],
        ["zitadel"] = ["payload"],
        ["cloudevents"] = ["data", "metadata"],
        ["ocsf"] = ["unmapped", "metadata"],
        ["ecs"] = ["sluice", "metadata"],
    };

    [Fact]
    public void A_json_profile_writes_one_json_text_without_line_breaks_and_always_the_same() => ForAny(stored =>
    {
        foreach (var profile in ProfileCatalogue.All.Where(profile => profile.IsJson))
        {
            var spelled = Telling.Spelled(profile, stored);
            Assert.DoesNotContain('\n', spelled);
            Assert.DoesNotContain('\r', spelled);
            using var document = JsonDocument.Parse(spelled, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            Assert.Equal(spelled, Telling.Spelled(profile, stored));
        }
    });

    [Fact]
    public void Metadata_keep_their_types_wherever_they_are_carried() => ForAny(stored =>
    {
        var sent = Member(Encoding.UTF8.GetString(stored.Body.Span), "metadata")?.GetRawText();
        foreach (var (profile, path) in MetadataAt)
        {
            var got = Member(Telling.Spelled(profile, stored), path);
            Assert.Equal(sent ?? (profile == "zitadel" ? "null" : null), got?.GetRawText());
        }

        Assert.Equal(sent, CefText.Pairs(Telling.Spelled("cef", stored)).GetValueOrDefault("cs6"));
        Assert.Equal(sent, LeefText.Pairs(Telling.Spelled("leef", stored)).GetValueOrDefault("metadata"));
    });

    [Fact]
    public void Truthlocks_carries_metadata_and_says_denied_in_them() => ForAny(stored =>
    {
        var sent = Member(Encoding.UTF8.GetString(stored.Body.Span), "metadata");
        var got = Member(Telling.Spelled("truthlocks", stored), "metadata");
        var isDenied = Member(Encoding.UTF8.GetString(stored.Body.Span), "outcome")!.Value.GetString() == "denied";

        if (!isDenied) Assert.Equal(sent?.GetRawText(), got?.GetRawText());
        else Assert.True(got!.Value.GetProperty("denied").GetBoolean());
        if (isDenied && sent is not null)
            Assert.All(sent.Value.EnumerateObject().Where(member => member.Name != "denied"), member => Assert.Equal(member.Value.GetRawText(), got!.Value.GetProperty(member.Name).GetRawText()));
    });

    [Fact]
    public void Cef_and_leef_are_one_line_and_unescape_to_what_was_sent() => ForAny(stored =>
    {
        var (cef, leef) = (Telling.Spelled("cef", stored), Telling.Spelled("leef", stored));
        var body = Encoding.UTF8.GetString(stored.Body.Span);
        Assert.All(new[] { cef, leef }, line => Assert.True(line.IndexOfAny(['\n', '\r']) < 0, line));
        Assert.Equal(8, CefText.Header(cef).Length);
        Assert.Equal(Text(body, "action"), CefText.Header(cef)[4]);

        var (cefPairs, leefPairs) = (CefText.Pairs(cef), LeefText.Pairs(leef));
        foreach (var (cefKey, leefKey, path) in Carried)
        {
            var sent = Text(body, path) is { Length: > 0 } text ? text : null;
            if (cefKey is not null) Assert.Equal(sent, cefPairs.GetValueOrDefault(cefKey));
            Assert.Equal(sent, leefPairs.GetValueOrDefault(leefKey));
        }

        var ip = Text(body, "source_ip") is { Length: > 0 } address ? address : null;
        Assert.Equal(ip, cefPairs.GetValueOrDefault("src") ?? cefPairs.GetValueOrDefault("c6a2") ?? cefPairs.GetValueOrDefault("shost"));
    });

    [Fact]
    public void A_masked_copy_shows_nothing_personal_and_has_the_same_hash() => ForAny(stored =>
    {
        var masked = NarrowedProfile.Of(SluiceProfile.Instance, [], masksPersonal: true);

        var spelled = Telling.Spelled(masked, stored);

        Assert.True(EventHash.TryCompute(Encoding.UTF8.GetBytes(spelled), out var digest, out var problem), problem);
        Assert.Equal(stored.Digest, digest);
        Assert.All(
            new[] { "salt", "source_ip", "user_agent", "actor.name", "actor.email", "metadata.personal" },
            path => Assert.Null(Member(spelled, path.Split('.'))));
        Assert.StartsWith("sha256:", Text(spelled, "personal"));
    });

    [Fact]
    public void A_masked_copy_stays_as_it_is_when_it_is_masked_again() => ForAny(stored =>
    {
        var masked = NarrowedProfile.Of(SluiceProfile.Instance, [], masksPersonal: true);
        var once = Telling.Spelled(masked, stored);
        var erased = once[..once.IndexOf(",\"sequence\":", StringComparison.Ordinal)] + "}";

        Assert.Equal(once, Telling.Spelled(masked, stored with { Body = Encoding.UTF8.GetBytes(erased) }));
    });

    [Fact]
    public void Every_profile_spells_narrowed_events_too() => ForAny(stored =>
    {
        foreach (var profile in ProfileCatalogue.All)
        {
            var spelled = Telling.Spelled(NarrowedProfile.Of(profile, [["action"]], masksPersonal: true), stored);
            if (profile.IsJson) JsonDocument.Parse(spelled).Dispose();
            Assert.DoesNotContain("sha256:", spelled, StringComparison.Ordinal);
        }
    });

    private static readonly (string? Cef, string Leef, string[] Path)[] Carried =
    [
        ("externalId", "id", ["id"]), ("act", "action", ["action"]), ("outcome", "outcome", ["outcome"]), ("cat", "cat", ["category"]),
        ("suid", "actorId", ["actor", "id"]), ("flexString1", "actorType", ["actor", "type"]), ("flexString2", "actorEmail", ["actor", "email"]),
        ("cs1", "tenantId", ["tenant_id"]), ("cs2", "resourceType", ["resource", "type"]), ("cs3", "resource", ["resource", "id"]), ("cs4", "resourceName", ["resource", "name"]),
        ("requestClientApplication", "userAgent", ["user_agent"]), ("destinationServiceName", "service", ["service"]), ("request", "url", ["api_call", "url"]),
        ("requestMethod", "method", ["api_call", "method"]), ("reason", "reason", ["api_call", "error_reason"]),
        (null, "src", ["source_ip"]), (null, "sessionId", ["session_id"]), (null, "apiKeyId", ["api_key_id"]), (null, "requestId", ["request_id"]), (null, "endpoint", ["api_call", "endpoint"]),
    ];

    private static void ForAny(Action<StoredEvent> check) =>
        Prop.ForAll(SomeEvents.Any().ToArbitrary(), sent => check(Telling.Stored(sent))).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static string? Text(string json, params string[] path) => Member(json, path)?.GetString();

    private static JsonElement? Member(string json, params string[] path)
    {
        using var document = JsonDocument.Parse(json);
        var element = document.RootElement;
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element.Clone();
    }
}
