using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Secrets;

namespace Sluice.Destinations.Aws;

/// <summary>Signature Version 4 with a long-lived key. It adds <c>x-amz-date</c> and <c>Authorization</c>; what else is signed, the caller names.</summary>
internal sealed class AwsSignature(Secret accessKeyId, Secret secretAccessKey, string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <param name="path">As it is sent for S3, which encodes it once; encoded a second time for other services.</param>
    /// <param name="headers">Those to be signed, beside <c>host</c> and <c>x-amz-date</c>.</param>
    /// <param name="bodyHash">SHA-256 of the body, hexadecimal.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(
        HttpMethod method, string host, string path, IEnumerable<KeyValuePair<string, string>> headers, string bodyHash, DateTimeOffset at)
    {
        var stamp = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = host, ["x-amz-date"] = stamp };
        foreach (var (name, value) in headers) signed[name.ToLowerInvariant()] = Trimmed(value);
        var names = string.Join(';', signed.Keys);
        var canonical = $"{method.Method}\n{path}\n\n{string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{bodyHash}";
        var scope = $"{stamp[..8]}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(Hmac(Key(stamp[..8]), toSign));
        return
        [
            new("x-amz-date", stamp),
            new("Authorization", $"{Algorithm} Credential={accessKeyId.Reveal()}/{scope}, SignedHeaders={names}, Signature={signature}"),
        ];
    }

    private byte[] Key(string date) => Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes($"AWS4{secretAccessKey.Reveal()}"), date), region), service), "aws4_request");

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Trimmed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
