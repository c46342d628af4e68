using Sluice.Delivery;
using Sluice.Streams;

namespace Sluice.Destinations.Http;

/// <summary>The reading of an answer that every HTTP destination shares, unless it has a reason not to.</summary>
internal static class HttpOutcome
{
    public static DeliveryResult Of(HttpAnswer answer) => With(answer, answer.Status switch
    {
        >= 200 and < 300 => new DeliveryResult.Delivered(),
        400 or 422 => new DeliveryResult.Refused(Describe(answer)),      // about these events: the engine isolates them
        413 => new DeliveryResult.TooLarge(),                            // the engine splits
        _ => TryLater(answer, Class(answer.Status)),                     // everything else is an outage
    });

    public static DeliveryResult.TryLater TryLater(HttpAnswer answer, ErrorClass error) => new(Describe(answer), error, answer.RetryAfter);

    public static DeliveryResult With(HttpAnswer answer, DeliveryResult result) =>
        result with { HttpStatus = answer.Status, SentBytes = answer.SentBytes, Answer = answer.Text.Length == 0 ? null : answer.Text };

    public static string Describe(HttpAnswer answer) =>
        answer.Text.Length == 0 ? $"It answered {answer.Status}." : $"It answered {answer.Status}: {answer.Text}";

    private static ErrorClass Class(int status) => status switch
    {
        401 or 403 or 407 => ErrorClass.Auth,
        404 or 410 => ErrorClass.NotFound,
        429 => ErrorClass.Throttled,
        408 or 504 => ErrorClass.Timeout,
        _ => ErrorClass.Server,
    };
}
