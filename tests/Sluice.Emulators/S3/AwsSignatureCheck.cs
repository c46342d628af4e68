using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Emulators.S3;

/// <summary>Recomputes Signature Version 4 from what was received.</summary>
internal sealed partial class AwsSignatureCheck(string accessKeyId, string secretAccessKey, string region, Func<DateTimeOffset>? now)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <returns>Status and code of S3's refusal, or null.</returns>
    public (int Status, string Code)? Refusal(ReceivedRequest request)
    {
        if (!request.Headers.TryGetValue("Authorization", out var authorization)) return (403, "AccessDenied");
        var match = Form().Match(authorization);
        if (!match.Success) return (400, "AuthorizationHeaderMalformed");
        var (date, names) = (match.Groups["date"].Value, match.Groups["names"].Value.Split(';'));
        if (match.Groups["key"].Value != accessKeyId) return (403, "InvalidAccessKeyId");
        if (match.Groups["region"].Value != region) return (400, "AuthorizationHeaderMalformed");
        if (!request.Headers.TryGetValue("x-amz-date", out var stamp) || !stamp.StartsWith(date, StringComparison.Ordinal)) return (403, "AccessDenied");
        if (IsSkewed(stamp)) return (403, "RequestTimeTooSkewed");
        if (!names.SequenceEqual(names.Order(StringComparer.Ordinal)) || !names.Contains("host")) return (403, "SignatureDoesNotMatch");
        if (request.Headers.Keys.Any(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !names.Contains(name.ToLowerInvariant()))) return (403, "AccessDenied");
        return Signature(request, names, stamp, date) == match.Groups["signature"].Value ? null : (403, "SignatureDoesNotMatch");
    }

    private string Signature(ReceivedRequest request, string[] names, string stamp, string date)
    {
        var (path, query) = request.Path.Split('?', 2) is [var before, var after] ? (before, after) : (request.Path, "");
        var canonical = new StringBuilder($"{request.Method}\n{path}\n{query}\n");
        foreach (var name in names) canonical.Append(CultureInfo.InvariantCulture, $"{name}:{request.Headers[name].Trim()}\n");
        canonical.Append(CultureInfo.InvariantCulture, $"\n{string.Join(';', names)}\n{request.Headers["x-amz-content-sha256"]}");
        var scope = $"{date}/{region}/s3/aws4_request";
        var key = Encoding.UTF8.GetBytes($"AWS4{secretAccessKey}");
        foreach (var part in scope.Split('/')) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hash}")));
    }

    private bool IsSkewed(string stamp) => now is not null
        && (!DateTimeOffset.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || (at - now()).Duration() > Skew);

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<date>[0-9]{8})/(?<region>[^/]+)/s3/aws4_request, SignedHeaders=(?<names>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Form();
}
