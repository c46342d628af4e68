using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Emulators.Aws;

/// <summary>Checks AWS Signature Version 4 as a service does: from what arrived, with the secret of its own.</summary>
/// <param name="now">Against what the time of a signature is checked; it is not without.</param>
/// <param name="skew">How far clocks may be apart.</param>
public sealed partial class AwsSignature(string accessKeyId, string secretAccessKey, string region, string service, Func<DateTimeOffset>? now, TimeSpan skew)
{
    public AwsSignature(string accessKeyId, string secretAccessKey, string region, string service, TimeProvider time)
        : this(accessKeyId, secretAccessKey, region, service, time.GetUtcNow, TimeSpan.FromMinutes(5))
    {
    }

    /// <returns>Null when the request is signed well.</returns>
    public SignatureProblem? Problem(ReceivedRequest request)
    {
        if (!request.Headers.TryGetValue("Authorization", out var authorization)) return SignatureProblem.Missing;
        if (Form().Match(authorization) is not { Success: true } match) return SignatureProblem.Malformed;
        var (key, date, names) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[5].Value.Split(';'));
        if (key != accessKeyId) return SignatureProblem.UnknownKey;
        if (match.Groups[3].Value != region || match.Groups[4].Value != service) return SignatureProblem.WrongScope;
        if (!IsNow(request, date)) return SignatureProblem.Skewed;
        if (!Covers(request, names)) return SignatureProblem.Uncovered;
        return Signature(request, names, date) == match.Groups[6].Value ? null : SignatureProblem.Wrong;
    }

    private bool IsNow(ReceivedRequest request, string date)
    {
        var text = request.Headers.GetValueOrDefault("X-Amz-Date", "");
        return text.StartsWith(date, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && (now is null || (now() - at).Duration() < skew);
    }

    /// <summary>The host and whatever is AWS's own must be signed, for most services the content type too, and each named header be there.</summary>
    private bool Covers(ReceivedRequest request, string[] names) =>
        names.SequenceEqual(names.Order(StringComparer.Ordinal)) && names.Contains("host") && names.All(request.Headers.ContainsKey)
        && request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(MustBeSigned).All(names.Contains);

    private bool MustBeSigned(string name) => name.StartsWith("x-amz-", StringComparison.Ordinal) || (name == "content-type" && service != "s3");

    private string Signature(ReceivedRequest request, string[] names, string date)
    {
        var (path, query) = request.Path.Split('?', 2) is [var before, var behind] ? (before, behind) : (request.Path, "");
        var headers = string.Concat(names.Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        var body = request.Headers.GetValueOrDefault("X-Amz-Content-Sha256") ?? Hash(request.RawBody);
        var canonical = $"{request.Method}\n{path}\n{string.Join('&', query.Split('&').Order(StringComparer.Ordinal))}\n{headers}\n{string.Join(';', names)}\n{body}";
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{date}/{region}/{service}/aws4_request\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), date), region), service), "aws4_request");
        return Convert.ToHexStringLower(Mac(key, text));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$")]
    private static partial Regex Form();
}
