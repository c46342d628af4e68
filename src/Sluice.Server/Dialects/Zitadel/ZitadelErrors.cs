using System.Text.Json;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>As ZITADEL's gateway tells errors: gRPC's number for what went wrong, a message, and details.</summary>
internal sealed class ZitadelErrors : IErrorSpelling
{
    public string Prefix => ZitadelEndpoints.Path;

    public string ContentType => "application/json";

    public void Write(Utf8JsonWriter json, ApiProblem problem, string requestId)
    {
        json.WriteStartObject();
        json.WriteNumber("code", CodeOf(problem.Status));
        json.WriteString("message", problem.Message);
        json.WriteStartArray("details");
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/zitadel.v1.ErrorDetail");
        json.WriteString("id", problem.Code);
        json.WriteString("message", problem.Message);
        ProblemSpelling.WriteDetails(json, problem);
        json.WriteString("requestId", requestId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The numbers are gRPC's status codes.</summary>
    private static int CodeOf(int status) => status switch
    {
        401 => 16,   // UNAUTHENTICATED
        403 => 7,    // PERMISSION_DENIED
        404 => 5,    // NOT_FOUND
        405 or 501 => 12,   // UNIMPLEMENTED
        409 => 10,   // ABORTED
        410 => 11,   // OUT_OF_RANGE
        429 => 8,    // RESOURCE_EXHAUSTED
        503 or 507 => 14,   // UNAVAILABLE
        >= 500 => 13,   // INTERNAL
        _ => 3,      // INVALID_ARGUMENT
    };
}
