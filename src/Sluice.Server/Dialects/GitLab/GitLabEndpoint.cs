using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.GraphQL;
using Sluice.GraphQL.Json;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>
/// <c>/api/graphql</c>, for those who set up streaming with GitLab's API. Whoever comes without a key may ask too, and sees nothing: GitLab's clients learn the
/// schema so. All failures have GitLab's form.
/// </summary>
internal static partial class GitLabEndpoint
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapGitLab(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/graphql").WithTags("GitLab");
        group.MapPost("/", AnswerAsync).WithSummary("Manage destinations as GitLab's GraphQL API does");
        group.MapGet("/", AnswerAsync).WithSummary("The same for queries only");
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, GitLabExecution execution, AccessKeys keys, ILoggerFactory loggers)
    {
        try
        {
            var caller = await CallerAsync(context, keys);
            var request = await GitLabRequestReader.ReadAsync(context);
            var noMutations = HttpMethods.IsGet(context.Request.Method) ? GitLabTexts.NoMutationsByGet : null;
            var results = await execution.RunAsync(request, caller, noMutations, context.RequestAborted);
            await WriteAsync(context, StatusCodes.Status200OK, request.IsBatch ? results : null, results.Count > 0 ? results[0] : null);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !context.Response.HasStarted)
        {
            await RefuseAsync(context, RefusalOf(problem, context, loggers));
        }
    }

    /// <summary>Null for somebody without a key.</summary>
    private static async ValueTask<Caller?> CallerAsync(HttpContext context, AccessKeys keys)
    {
        if (RequestKey.Of(context.Request) is not { Length: > 0 } text) return null;
        var found = await keys.FindAsync(text, context.RequestAborted);
        return found.Verdict == KeyVerdict.Valid ? found.Caller : throw new GitLabRefusal(StatusCodes.Status401Unauthorized, GitLabTexts.InvalidToken);
    }

    private static GitLabRefusal RefusalOf(Exception problem, HttpContext context, ILoggerFactory loggers)
    {
        if (problem is GitLabRefusal refusal) return refusal;
        if (problem is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }) return new GitLabRefusal(StatusCodes.Status422UnprocessableEntity, GitLabTexts.TooLarge);
        if (ProblemMapping.Of(problem) is { } known) return new GitLabRefusal(known.Status, known.Message) { RetryAfter = known.RetryAfter };
        Log.Failed(loggers.CreateLogger(typeof(GitLabEndpoint)), problem, context.TraceIdentifier);
        return new GitLabRefusal(StatusCodes.Status500InternalServerError, "Internal server error");
    }

    private static Task RefuseAsync(HttpContext context, GitLabRefusal refusal)
    {
        if (refusal.RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, refusal.Status, null, GraphQLResult.Refused(new GraphQLError(refusal.Message, [])));
    }

    private static async Task WriteAsync(HttpContext context, int status, IReadOnlyList<GraphQLResult>? several, GraphQLResult? one)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, Writing))
        {
            if (several is not null) writer.WriteStartArray();
            foreach (var result in several ?? [one!]) ResultJson.Write(writer, result);
            if (several is not null) writer.WriteEndArray();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} to /api/graphql failed")]
        public static partial void Failed(ILogger logger, Exception error, string requestId);
    }
}
