using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.Gcs;

/// <summary>What Cloud Storage means when it is asked to create an object that must not be there.</summary>
internal static class GcsOutcome
{
    public static DeliveryResult Of(HttpAnswer answer) => answer.Status switch
    {
        // The name tells the content, so what is there is what was to be written.
        412 => HttpOutcome.With(answer, new DeliveryResult.Delivered()),
        403 when IsThrottled(answer) => HttpOutcome.With(answer, HttpOutcome.TryLater(answer, ErrorClass.Throttled)),
        _ => HttpOutcome.Of(answer),
    };

    /// <summary>No permission: to create, or to replace what is there already, which Cloud Storage does not tell apart for those who may only create.</summary>
    public static bool IsDenied(HttpAnswer answer) => answer.Status == 403 && !IsThrottled(answer);

    /// <summary>It may have been written, or not.</summary>
    public static bool IsUncertain(HttpAnswer answer) => answer.Status is 408 or >= 500;

    private static bool IsThrottled(HttpAnswer answer) => answer.Text.Contains("rateLimitExceeded", StringComparison.OrdinalIgnoreCase);
}
