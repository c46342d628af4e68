using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Server.Errors;

/// <summary>Which refusal an exception, or an answer without a body, is to the caller. Null: unexpected, and none of the caller's business.</summary>
internal static class ProblemMapping
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5), WhenThereIsSpace = TimeSpan.FromSeconds(30);

    public static ApiProblem? Of(Exception error) => error switch
    {
        ApiProblem problem => problem,
        BadHttpRequestException bad => OfBadRequest(bad),
        StorageFullException => new ApiProblem(507, "disk_full", "The disk of the data folder is full. Nothing of this request was stored.") { RetryAfter = WhenThereIsSpace },
        StaleStreamException => Unavailable("Another server of this instance has just taken the destination's stream."),
        StorageUnavailableException => Unavailable("The storage cannot serve this now."),
        DroppedHashException => new ApiProblem(410, "gone", "Retention removed the event meanwhile, and with it the hashes that its proof needs."),
        _ => null,
    };

    public static ApiProblem Unavailable(string detail) => new(503, "unavailable", detail) { RetryAfter = Soon };

    /// <summary>For what the framework answered with a bare status.</summary>
    public static ApiProblem OfStatus(int status, HttpRequest request) => status switch
    {
        404 => ApiProblem.NotFound($"resource at {request.Path}"),
        405 => new ApiProblem(405, "method_not_allowed", $"{request.Path} does not answer to {request.Method}."),
        413 => TooLarge(),
        415 => new ApiProblem(415, "unsupported_media_type", "This call does not read that content type; send application/json."),
        _ => new ApiProblem(status, "request_failed", "The request was not served."),
    };

    private static ApiProblem OfBadRequest(BadHttpRequestException error) => error.StatusCode switch
    {
        413 => TooLarge(),
        415 => new ApiProblem(415, "unsupported_media_type", error.Message),
        408 => new ApiProblem(408, "request_timeout", "The request body arrived too slowly."),
        var status => new ApiProblem(status, "bad_request", error.Message),
    };

    private static ApiProblem TooLarge() => new(413, "request_too_large", "The request is larger than this call accepts.");
}
