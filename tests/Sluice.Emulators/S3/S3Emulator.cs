using System.Security.Cryptography;
using System.Text;
using Sluice.Emulators.Aws;

namespace Sluice.Emulators.S3;

/// <summary>A bucket of S3, path style, for a key that may do nothing but <c>s3:PutObject</c>. It believes no signature, checksum or hash that it did not check.</summary>
/// <param name="now">Against what the time of a signature is checked; it is not without.</param>
public sealed class S3Emulator(string bucket, string region, string accessKeyId, string secretAccessKey, Func<DateTimeOffset>? now = null)
{
    private const int LongestName = 1_024;

    private readonly AwsSignature _signature = new(accessKeyId, secretAccessKey, region, "s3", now, TimeSpan.FromMinutes(15));

    /// <summary>What is there, by its name.</summary>
    public SortedDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Refuses instead of judging, when it returns something.</summary>
    public Func<ReceivedRequest, Reply?> Fault { get; set; } = _ => null;

    public Reply Answer(ReceivedRequest request) => Fault(request) ?? Refusal(request) ?? Store(request);

    /// <summary>Stores, and loses the answer on its way.</summary>
    public Reply StoreAndReset(ReceivedRequest request) => Refusal(request) ?? (Store(request).IsSuccess ? Reply.Reset : Store(request));

    public static Reply Error(int status, string code) =>
        new(status, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>…</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>");

    private Reply? Refusal(ReceivedRequest request)
    {
        if (_signature.Problem(request) is { } problem) return Unsigned(problem);
        var hash = request.Headers.GetValueOrDefault("x-amz-content-sha256", "");
        if (hash.StartsWith("STREAMING", StringComparison.Ordinal)) return Error(501, "NotImplemented");
        if (hash != Convert.ToHexStringLower(SHA256.HashData(request.RawBody))) return Error(400, "XAmzContentSHA256Mismatch");
        if (request.Headers.TryGetValue("Content-MD5", out var md5) && md5 != Convert.ToBase64String(MD5.HashData(request.RawBody))) return Error(400, "BadDigest");
        if (!request.Headers.ContainsKey("Content-Length")) return Error(411, "MissingContentLength");
        if (request.Method != "PUT" || request.Path.Contains('?')) return Error(403, "AccessDenied");
        if (!request.Path.StartsWith($"/{bucket}/", StringComparison.Ordinal)) return Error(404, "NoSuchBucket");
        return Encoding.UTF8.GetByteCount(Name(request)) > LongestName ? Error(400, "KeyTooLongError") : null;
    }

    private static Reply Unsigned(SignatureProblem problem) => problem switch
    {
        SignatureProblem.Malformed or SignatureProblem.WrongScope => Error(400, "AuthorizationHeaderMalformed"),
        SignatureProblem.UnknownKey => Error(403, "InvalidAccessKeyId"),
        SignatureProblem.Skewed => Error(403, "RequestTimeTooSkewed"),
        SignatureProblem.Wrong => Error(403, "SignatureDoesNotMatch"),
        _ => Error(403, "AccessDenied"),
    };

    private Reply Store(ReceivedRequest request)
    {
        var name = Name(request);
        Objects.TryGetValue(name, out var before);
        if (before is not null && request.Headers.GetValueOrDefault("If-None-Match") == "*") return Error(412, "PreconditionFailed");
        Objects[name] = new StoredObject(request.RawBody, request.Headers["Content-Type"], (before?.Writes ?? 0) + 1);
        return new Reply(200, Headers: new Dictionary<string, string> { ["ETag"] = $"\"{Convert.ToHexStringLower(MD5.HashData(request.RawBody))}\"" });
    }

    private string Name(ReceivedRequest request) => Uri.UnescapeDataString(request.Path[(bucket.Length + 2)..]);
}
