using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Sluice.Server.Errors;

/// <summary>Spells a refusal as <c>application/problem+json</c> (RFC 9457).</summary>
internal static class ProblemResponse
{
    public const string ContentType = "application/problem+json";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Members = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        if (problem.RetryAfter is { } wait) response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, Writing)) Write(writer, problem, context.TraceIdentifier);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, ApiProblem problem, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", Title(problem.Status));
        writer.WriteNumber("status", problem.Status);
        writer.WriteString("code", problem.Code);
        writer.WriteString("detail", problem.Message);
        if (problem.Field is not null) writer.WriteString("field", problem.Field);
        if (problem.Column is { } column) writer.WriteNumber("column", column);
        foreach (var (name, value) in problem.Members)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value, Members);
        }

        writer.WriteString("request_id", requestId);
        writer.WriteEndObject();
    }

    private static string Title(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
}
