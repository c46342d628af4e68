using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Secrets;

namespace Sluice.Destinations.Webhook;

/// <summary>Signatures over the exact bytes that are sent: our own header, and the Standard Webhooks one.</summary>
internal static class WebhookSignature
{
    private const string Base64Prefix = "whsec_";

    /// <summary><c>sha256=</c> and the HMAC of the body in lower-case hex; of two secrets, both, comma-separated.</summary>
    public static string OfBody(IEnumerable<byte[]> keys, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>(2);
        foreach (var key in keys) signatures.Add($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(key, body))}");
        return string.Join(',', signatures);
    }

    /// <summary><c>v1,</c> and the HMAC of <c>id.timestamp.body</c> in base64; of two secrets, both, with a blank between.</summary>
    public static string Standard(IEnumerable<byte[]> keys, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        var start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}."));
        var signatures = new List<string>(2);
        foreach (var key in keys)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hmac.AppendData(start);
            hmac.AppendData(body);
            signatures.Add($"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}");
        }

        return string.Join(' ', signatures);
    }

    public static bool TryKey(Secret secret, out byte[] key)
    {
        key = [];
        var text = secret.Reveal();
        if (!text.StartsWith(Base64Prefix, StringComparison.Ordinal))
        {
            key = Encoding.UTF8.GetBytes(text);
            return true;
        }

        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[Base64Prefix.Length..], buffer, out var length)) return false;
        key = buffer[..length];
        return true;
    }
}
