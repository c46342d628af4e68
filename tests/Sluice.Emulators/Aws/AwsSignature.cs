using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Emulators.Aws;

/// <summary>Checks AWS Signature Version 4 as a service does: from what arrived, with the secret of its own.</summary>
public sealed partial class AwsSignature(string accessKeyId, string secretAccessKey, string region, string service, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <returns>The error that the service names; null when the request is signed well.</returns>
    public string? Problem(ReceivedRequest request)
    {
        if (!request.Headers.TryGetValue("Authorization", out var authorization)) return "MissingAuthenticationTokenException";
        if (Form().Match(authorization) is not { Success: true } match) return "IncompleteSignatureException";
        var (key, date, names) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[5].Value.Split(';'));
        if (key != accessKeyId) return "UnrecognizedClientException";
        if (match.Groups[3].Value != region || match.Groups[4].Value != service || !IsNow(request, date) || !Covers(request, names)) return "InvalidSignatureException";
        return Signature(request, names, date) == match.Groups[6].Value ? null : "InvalidSignatureException";
    }

    private bool IsNow(ReceivedRequest request, string date)
    {
        var text = request.Headers.GetValueOrDefault("X-Amz-Date", "");
        return text.StartsWith(date, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && (time.GetUtcNow() - at).Duration() < Skew;
    }

    /// <summary>The host, the content type and whatever is AWS's own must be signed, and each named header be there.</summary>
    private static bool Covers(ReceivedRequest request, string[] names) =>
        names.SequenceEqual(names.Order(StringComparer.Ordinal)) && names.All(request.Headers.ContainsKey)
        && request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(name => name is "host" or "content-type" || name.StartsWith("x-amz-", StringComparison.Ordinal)).All(names.Contains);

    private string Signature(ReceivedRequest request, string[] names, string date)
    {
        var (path, query) = request.Path.Split('?', 2) is [var before, var behind] ? (before, behind) : (request.Path, "");
        var headers = string.Concat(names.Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        var canonical = $"{request.Method}\n{path}\n{string.Join('&', query.Split('&').Order(StringComparer.Ordinal))}\n{headers}\n{string.Join(';', names)}\n{Hash(request.RawBody)}";
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{date}/{region}/{service}/aws4_request\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), date), region), service), "aws4_request");
        return Convert.ToHexStringLower(Mac(key, text));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$")]
    private static partial Regex Form();
}
