using System.Text.Json;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Veza;

/// <summary>As Veza's gateway tells errors: gRPC's word for what went wrong, and a message.</summary>
internal sealed class VezaErrors : IErrorSpelling
{
    /// <summary>What its document tells clients to wait before they try again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public string Prefix => VezaEndpoints.Path;

    public string ContentType => "application/json";

    /// <summary>Collectors of the export know one way to be told to wait: a store that is busy or away is the same to them as a limit that is reached.</summary>
    public ApiProblem Adapt(ApiProblem problem, PathString path) =>
        problem.Status == 429 || (problem.Status is 503 or 507 && path.StartsWithSegments(VezaEndpoints.ExportPath))
            ? new ApiProblem(429, problem.Code, $"{problem.Message} Wait a minute, then send the same request again: nothing is lost.") { RetryAfter = Pause }
            : problem;

    public void Write(Utf8JsonWriter json, ApiProblem problem, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("code", CodeOf(problem.Status));
        json.WriteString("message", problem.Column is { } column ? $"{problem.Field}, column {column}: {problem.Message}" : problem.Message);
        ProblemSpelling.WriteDetails(json, problem);
        json.WriteEndObject();
    }

    private static string CodeOf(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 or 501 => "UNIMPLEMENTED",
        409 => "ABORTED",
        410 => "OUT_OF_RANGE",
        429 => "ResourceExhausted",
        503 or 507 => "UNAVAILABLE",
        >= 500 => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };
}
