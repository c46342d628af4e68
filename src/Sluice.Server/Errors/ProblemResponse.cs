using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Server.Dialects;

namespace Sluice.Server.Errors;

/// <summary>Answers with a refusal, as the path's callers expect it to be spelled.</summary>
internal static class ProblemResponse
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        var spelling = ErrorSpellings.Of(context.Request.Path);
        var shown = spelling.Adapt(problem, context.Request.Path);
        var response = context.Response;
        response.StatusCode = shown.Status;
        response.ContentType = spelling.ContentType;
        if (shown.RetryAfter is { } wait) response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, Writing)) spelling.Write(writer, shown, context.TraceIdentifier);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
