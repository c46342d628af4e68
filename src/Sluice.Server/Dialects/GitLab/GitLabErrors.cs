using System.Text.Json;
using Sluice.GraphQL;
using Sluice.GraphQL.Json;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>What refuses a whole request, as GitLab spells it: <c>{"errors":[{"message":…}]}</c>. What goes wrong inside a document is in its result.</summary>
internal sealed class GitLabErrors : IErrorSpelling
{
    public string Prefix => GitLabEndpoint.Path;

    public string ContentType => "application/json; charset=utf-8";

    public ApiProblem Adapt(ApiProblem problem, PathString path) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized => GitLabRefusal.Of(problem.Status, GitLabTexts.InvalidToken),
        StatusCodes.Status413PayloadTooLarge => GitLabRefusal.Of(StatusCodes.Status422UnprocessableEntity, GitLabTexts.TooLarge),
        StatusCodes.Status500InternalServerError => GitLabRefusal.Of(problem.Status, "Internal server error"),
        _ => problem,
    };

    public void Write(Utf8JsonWriter json, ApiProblem problem, string requestId) => ResultJson.Write(json, GraphQLResult.Refused(new GraphQLError(problem.Message, [])));
}
