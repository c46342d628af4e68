using System.Buffers;
using System.Text;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Tests.Profiles;

/// <summary>Events that show what profiles do, and what they look like spelled.</summary>
internal static class Telling
{
    private const long PersistedAt = 1_773_564_137_010_000_000;

    /// <summary>The event of docs/profiles.md.</summary>
    public const string Whole = """
        {"id":"evt_a1b2c3d4e5f6","timestamp":"2026-03-15T08:42:17.003000009Z","tenant_id":"tnt_7g8h","category":"certificate_lifecycle","action":"certificate.issue","outcome":"success","service":"pki","actor":{"type":"user","id":"usr_k1","name":"Ada","email":"ada@example.com"},"resource":{"type":"certificate","id":"crt_o5","name":"api.example.com"},"source_ip":"203.0.113.42","user_agent":"curl/8.5","session_id":"ses_1","request_id":"req_9","api_call":{"endpoint":"/pki.v1.Certificates/Issue","method":"POST","url":"/v1/certificates","grpc_code":"OK","http_status":200,"error_reason":"OK","request":{"dns":["api.example.com"]},"response":{"serial":"0f"},"started_at":"2026-03-15T08:42:17.001Z","ended_at":"2026-03-15T08:42:17.003000009Z"},"metadata":{"ca_id":"ca_s9","validity_days":365,"personal":{"phone":"+41 44 000 00 00"}}}
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["every member"] = Whole,
        ["only what is required"] = """{"id":"evt_least","timestamp":"2026-03-15T08:42:18Z","tenant_id":"acme","action":"session.expire","outcome":"success","actor":{"type":"system","id":"scheduler"}}""",
        ["a denied call, by a machine, over IPv6"] = """{"id":"evt_denied","timestamp":"2026-03-15T08:42:18.999999999Z","tenant_id":"acme","action":"secret.read","outcome":"denied","service":"vault","actor":{"type":"machine","id":"mac_7"},"api_key_id":"ak_1","source_ip":"2001:db8::1","api_call":{"method":"GET","url":"/v1/secrets/7?x=1","http_status":403},"metadata":{"denied":"by policy","policy":"p7"}}""",
        ["a failed logon, nothing but its actor and an address that is none"] = """{"id":"evt_logon","timestamp":"2026-03-15T09:42:18+01:00","tenant_id":"acme","action":"user.login_failed","outcome":"failure","actor":{"type":"user","id":"usr_1","name":"Zoë \"Z\" Čapek"},"source_ip":"office","user_agent":"a\tb\\c=d|e\r\nf"}""",
        ["members of the sender's own, nested metadata, types of values"] = """{"id":"evt_own","timestamp":"2026-03-15T08:42:19.1Z","tenant_id":"ten/ant ü","category":"administration","action":"group.add_member","outcome":"failure","actor":{"type":"workload","id":"w=1","team":"sre","level":3},"resource":{"type":"group","id":"g|1","name":"ops\nteam","region":"zh","tags":["a"]},"api_call":{"error_reason":"quota","request":{"n":1e21,"none":null}},"metadata":{"deep":{"list":[1,2.5,true,null,"😀\u2028"]},"no":false,"n":-0.5,"text":"365"}}""",
        ["no id of a resource"] = """{"id":"evt_named","timestamp":"1970-01-01T00:00:00Z","tenant_id":"acme","action":"policy.update","outcome":"denied","actor":{"type":"user","id":"u"},"resource":{"name":"default"},"metadata":{}}""",
    };

    public static StoredEvent Stored(string sent, long sequence = 4711)
    {
        var body = Tests.Some.BodyOf(Tests.Some.Batch(sent));
        var bytes = Encoding.UTF8.GetBytes($"{body[..^"AAAAAAAAAAAAAAAAAAAAAA\"}".Length]}AAECAwQFBgcICQoLDA0ODw\"}}");
        Assert.True(EventHash.TryCompute(bytes, out var digest, out var problem), problem);
        return new StoredEvent(sequence, PersistedAt, digest, bytes);
    }

    public static string Spelled(string profile, in StoredEvent stored) => Spelled(ProfileCatalogue.Named(profile), stored);

    public static string Spelled(IProfile profile, in StoredEvent stored)
    {
        var output = new ArrayBufferWriter<byte>();
        profile.Write(stored, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
