using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Server.Dialects;

namespace Sluice.Server.Errors;

/// <summary>Sluice's own errors: <c>application/problem+json</c> (RFC 9457).</summary>
internal sealed class ProblemSpelling : IErrorSpelling
{
    public const string MediaType = "application/problem+json";

    private static readonly JsonSerializerOptions Members = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public string Prefix => "";

    public string ContentType => MediaType;

    public void Write(Utf8JsonWriter json, ApiProblem problem, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", Title(problem.Status));
        json.WriteNumber("status", problem.Status);
        json.WriteString("code", problem.Code);
        json.WriteString("detail", problem.Message);
        WriteDetails(json, problem);
        json.WriteString("request_id", requestId);
        json.WriteEndObject();
    }

    /// <summary>Where the fault is, and what else a program can use.</summary>
    public static void WriteDetails(Utf8JsonWriter json, ApiProblem problem)
    {
        if (problem.Field is not null) json.WriteString("field", problem.Field);
        if (problem.Column is { } column) json.WriteNumber("column", column);
        foreach (var (name, value) in problem.Members)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, Members);
        }
    }

    private static string Title(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
}
