using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.CloudWatch;

/// <summary>Reads CloudWatch's answers: it says 400 for nearly everything, and names what it means in <c>__type</c>.</summary>
internal static class CloudWatchAnswer
{
    public const string NotFound = "ResourceNotFoundException", Exists = "ResourceAlreadyExistsException";

    /// <summary>What failed, without the namespace before it and the address behind it; null when nothing did, or it is not said.</summary>
    public static string? ErrorType(HttpAnswer answer)
    {
        if (answer.IsSuccess || Parse(answer.Text) is not { } root) return null;
        var type = root.TryGetProperty("__type", out var given) || root.TryGetProperty("code", out given) ? given.ToString() : "";
        return type.Split(':')[0] is var name && name.Contains('#') ? name[(name.IndexOf('#') + 1)..] : name;
    }

    public static DeliveryResult Failure(HttpAnswer answer) => ErrorType(answer) switch
    {
        "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "TooManyRequestsException" or "LimitExceededException" => Outage(answer, ErrorClass.Throttled),
        "ServiceUnavailableException" or "ServiceUnavailable" or "InternalFailure" or "InternalServerError" or "OperationAbortedException" or "UnknownOperationException" => Outage(answer, ErrorClass.Server),
        NotFound => Outage(answer, ErrorClass.NotFound),
        { } type when IsOfCredentials(type) => Outage(answer, ErrorClass.Auth),
        _ => HttpOutcome.Of(answer),
    };

    /// <summary>Which events of a call were refused beside those that were taken; null when the answer does not say.</summary>
    public static IReadOnlyList<RefusedEvent>? Rejected(HttpAnswer answer, ArraySegment<TimedEvent> call)
    {
        if (Parse(answer.Text) is not { } root) return null;
        if (!root.TryGetProperty("rejectedLogEventsInfo", out var info) || info.ValueKind != JsonValueKind.Object) return [];
        var (tooOld, expired, tooNew) = (Index(info, "tooOldLogEventEndIndex", 0), Index(info, "expiredLogEventEndIndex", 0), Index(info, "tooNewLogEventStartIndex", call.Count));
        var refused = new List<RefusedEvent>();
        for (var i = 0; i < call.Count; i++)
        {
            var reason = i < tooOld ? "It takes no events older than 14 days."
                : i < expired ? "It takes no events older than the log group keeps them."
                : i >= tooNew ? "It takes no events more than two hours ahead of its clock." : null;
            if (reason is not null) refused.Add(new RefusedEvent(call[i].Index, reason));
        }

        return refused;
    }

    private static bool IsOfCredentials(string type) => type is
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidClientTokenIdException" or "AccessDeniedException" or "AccessDenied" or "NotAuthorized"
        or "InvalidSignatureException" or "SignatureDoesNotMatch" or "IncompleteSignature" or "IncompleteSignatureException" or "MissingAuthenticationToken"
        or "MissingAuthenticationTokenException" or "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" or "OptInRequired";

    private static DeliveryResult Outage(HttpAnswer answer, ErrorClass error) => HttpOutcome.With(answer, HttpOutcome.TryLater(answer, error));

    private static int Index(JsonElement info, string name, int absent) => info.TryGetProperty(name, out var value) && value.TryGetInt32(out var index) ? index : absent;

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
