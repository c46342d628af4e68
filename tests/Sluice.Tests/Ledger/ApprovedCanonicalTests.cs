using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Ledger;
using Sluice.Tests.Approved;

namespace Sluice.Tests.Ledger;

/// <summary>The bytes that hashes are made of. Whoever keeps an event, a proof or a checkpoint depends on them for ever.</summary>
public sealed class ApprovedCanonicalTests
{
    [Theory]
    [InlineData("canonical-personal-members.txt", "000102030405060708090a0b0c0d0e0f", """{"id":"evt_1","timestamp":"2026-03-15T08:42:17.003Z","tenant_id":"acme","category":"certificate_lifecycle","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_k1","name":"Ada","email":"ada@example.com"},"resource":{"type":"certificate","id":"crt_o5"},"source_ip":"203.0.113.42","metadata":{"validity_days":365,"personal":{"phone":"+41 44 000 00 00"}}}""")]
    [InlineData("canonical-nothing-personal.txt", "101112131415161718191a1b1c1d1e1f", """{"id":"evt_2","timestamp":"2026-03-15T08:42:18.000000001Z","tenant_id":"acme","action":"x.y","outcome":"denied","actor":{"type":"system","id":"s"}}""")]
    [InlineData("canonical-only-personal.txt", "000102030405060708090a0b0c0d0e0f", """{"id":"evt_3","timestamp":"2026-03-15T09:42:18+01:00","tenant_id":"acme","action":"user.login","outcome":"failure","actor":{"type":"user","id":"u","name":null,"email":"u@example.com"},"metadata":{"personal":{"phone":"1"}},"user_agent":"curl/8"}""")]
    [InlineData("canonical-every-member.txt", "000102030405060708090a0b0c0d0e0f", """{"metadata":{"ca_id":"ca_s9","kept":null},"api_call":{"ended_at":"2026-03-15T08:42:17.1Z","started_at":"2026-03-15T08:42:17Z","response":{"ok":true},"request":{"dns":["b","a"]},"error_reason":"","http_status":200,"grpc_code":"OK","url":"/v1/certificates","method":"POST","endpoint":"IssueCertificate"},"request_id":"req_1","api_key_id":"ak_1","session_id":"ses_1","user_agent":"curl/8","source_ip":"2001:db8::1","resource":{"type":"certificate","id":"crt_o5","name":"api.example.com","serial":"0f"},"actor":{"type":"user","id":"usr_k1","name":"Ada","email":"ada@example.com","team":"pki"},"service":"pki","outcome":"success","action":"certificate.issue","category":"certificate_lifecycle","tenant_id":"acme","timestamp":"2026-03-15T08:42:17.003Z","id":"evt_4"}""")]
    [InlineData("canonical-numbers-and-strings.txt", "000102030405060708090a0b0c0d0e0f", """{"id":"evt_5","timestamp":"2026-03-15T08:42:17Z","tenant_id":"acme","action":"a.b","outcome":"success","actor":{"type":"user","id":"u"},"metadata":{"numbers":[0.1,1.50,1e20,1e21,0.0000001,-0,100],"\ufb33":"after in UTF-16","😀":"before in UTF-16","escapes":"\u0001\b\t\n\f\r\"\\\/","é":"\u00e9"}}""")]
    public void The_bytes_behind_a_hash_are_the_approved_ones(string file, string salt, string sent) => ApprovedText.Check(file, Spelled(sent, salt));

    private static string Spelled(string sent, string fixedSalt)
    {
        var accepted = Tests.Some.Batch(sent);
        var stored = Tests.Some.BodyOf(accepted);
        var madeSalt = JsonNode.Parse(stored)!["salt"]!.GetValue<string>();
        Assert.Equal(accepted[0].Digest.ToHex(), Hex(Encoding.UTF8.GetBytes(Parts(stored).Canonical)));   // as accepted, under the salt that was made

        var body = stored.Replace(madeSalt, System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(fixedSalt)), StringComparison.Ordinal);
        var (personal, commitment, canonical) = Parts(body);
        Assert.True(EventHash.TryCompute(Encoding.UTF8.GetBytes(body), out var digest, out var problem), problem);
        Assert.Equal(digest.ToHex(), Hex(Encoding.UTF8.GetBytes(canonical)));
        return $"""
            sent
            {sent}

            stored, with the salt {fixedSalt}
            {body}

            personal members
            {personal}

            personal: SHA-256 of the salt's 16 bytes and the line above
            {commitment}

            canonical form
            {canonical}

            integrity_hash: SHA-256 of the line above
            {EventHash.Text(digest)}

            Merkle leaf: SHA-256 of a zero byte and the 32 bytes of the hash
            {MerkleHash.Leaf(digest).ToHex()}

            """;
    }

    /// <summary>The rules of the event's hash in the plainest way, beside both of the product's own spellings.</summary>
    private static (string Personal, string Commitment, string Canonical) Parts(string body)
    {
        var whole = JsonNode.Parse(body)!.AsObject();
        var salt = System.Buffers.Text.Base64Url.DecodeFromChars(whole["salt"]!.GetValue<string>());
        whole.Remove("salt");
        var personal = new JsonObject();
        foreach (var (parent, name) in new[] { ("actor", "name"), ("actor", "email"), ("metadata", "personal"), ("", "source_ip"), ("", "user_agent") })
        {
            var from = parent.Length == 0 ? whole : whole[parent] as JsonObject;
            if (from is null || !from.ContainsKey(name)) continue;
            var to = parent.Length == 0 ? personal : (JsonObject)(personal[parent] ??= new JsonObject());
            to[name] = from[name]?.DeepClone();
            from.Remove(name);
        }

        var spelled = Canonical(personal);
        whole["personal"] = "sha256:" + Hex([.. salt, .. Encoding.UTF8.GetBytes(spelled)]);
        return (spelled, whole["personal"]!.GetValue<string>(), Canonical(whole));
    }

    private static string Canonical(JsonObject value) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(value.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
