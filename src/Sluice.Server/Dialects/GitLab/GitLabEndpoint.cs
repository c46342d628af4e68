using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.GraphQL;
using Sluice.GraphQL.Json;
using Sluice.Server.Authentication;
using Sluice.Server.SelfAudit;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>
/// <c>/api/graphql</c>, for those who set up streaming with GitLab's API. Whoever comes without a key may ask too, and sees nothing: GitLab's clients learn the
/// schema so. All failures have GitLab's form.
/// </summary>
internal static class GitLabEndpoint
{
    public const string Path = "/api/graphql";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapGitLab(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("GitLab");
        group.MapPost("/", AnswerAsync).WithSummary("Manage destinations as GitLab's GraphQL API does");
        group.MapGet("/", AnswerAsync).WithSummary("The same for queries only");
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, GitLabExecution execution)
    {
        var request = await GitLabRequestReader.ReadAsync(context);
        var noMutations = HttpMethods.IsGet(context.Request.Method) ? GitLabTexts.NoMutationsByGet : null;
        var results = await execution.RunAsync(request, context.FindCaller(), noMutations, context.RequestAborted);
        if (context.Audited() is { } call) Note(call, request, results);
        await WriteAsync(context, StatusCodes.Status200OK, request.IsBatch ? results : null, results.Count > 0 ? results[0] : null);
    }

    /// <summary>Neither queries nor variables are written down: both may hold credentials.</summary>
    private static void Note(AuditedCall call, GitLabRequest request, IReadOnlyList<GraphQLResult> results)
    {
        call.Request = Named("operationName", request.Operations.Select(operation => operation.Name ?? ""));
        call.Response = Named("errors", results.SelectMany(result => result.Errors).Select(error => error.Message));
    }

    private static JsonObject Named(string name, IEnumerable<string> texts) =>
        Excerpt.Of(new JsonObject { [name] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]) }, [name]);

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
}
