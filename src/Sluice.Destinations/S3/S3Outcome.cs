using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.S3;

/// <summary>What S3 means. A store has no opinion on events, so nearly every answer is an outage; a 400 with a code of its own is one too.</summary>
internal static class S3Outcome
{
    private static readonly Dictionary<string, ErrorClass> Outages = new(StringComparer.Ordinal)
    {
        ["AuthorizationHeaderMalformed"] = ErrorClass.Auth,
        ["ExpiredToken"] = ErrorClass.Auth,
        ["InvalidToken"] = ErrorClass.Auth,
        ["InvalidAccessKeyId"] = ErrorClass.Auth,
        ["SignatureDoesNotMatch"] = ErrorClass.Auth,
        ["RequestTimeTooSkewed"] = ErrorClass.Auth,
        ["InvalidBucketName"] = ErrorClass.NotFound,
        ["IllegalLocationConstraintException"] = ErrorClass.NotFound,
        ["KMS.DisabledException"] = ErrorClass.Server,
        ["KMS.NotFoundException"] = ErrorClass.Server,
        ["InvalidRequest"] = ErrorClass.Server,
        ["InvalidArgument"] = ErrorClass.Server,
        ["InvalidEncryptionAlgorithmError"] = ErrorClass.Server,
        ["KeyTooLongError"] = ErrorClass.Server,
        ["BadDigest"] = ErrorClass.Server,
        ["InvalidDigest"] = ErrorClass.Server,
        ["XAmzContentSHA256Mismatch"] = ErrorClass.Server,
        ["IncompleteBody"] = ErrorClass.Server,
        ["RequestTimeout"] = ErrorClass.Timeout,
    };

    /// <param name="onlyOnce">The request asked not to replace an object, so one that is there came from an earlier attempt.</param>
    public static DeliveryResult Of(HttpAnswer answer, bool onlyOnce) => (answer.Status, Code(answer.Text)) switch
    {
        (412, _) when onlyOnce => HttpOutcome.With(answer, new DeliveryResult.Delivered()),
        (400, "EntityTooLarge") => HttpOutcome.With(answer, new DeliveryResult.TooLarge()),
        (400, { } code) when Outages.TryGetValue(code, out var error) => Outage(answer, error),
        (503, "SlowDown") => Outage(answer, ErrorClass.Throttled),
        (301 or 307, _) => Outage(answer, ErrorClass.NotFound),    // the bucket is in another region
        _ => HttpOutcome.Of(answer),
    };

    private static DeliveryResult Outage(HttpAnswer answer, ErrorClass error) => HttpOutcome.With(answer, HttpOutcome.TryLater(answer, error));

    private static string? Code(string text)
    {
        const string open = "<Code>", close = "</Code>";
        var start = text.IndexOf(open, StringComparison.Ordinal);
        if (start < 0) return null;
        var end = text.IndexOf(close, start, StringComparison.Ordinal);
        return end < 0 ? null : text[(start + open.Length)..end].Trim();
    }
}
