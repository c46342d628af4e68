using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>One operation of a request, which may hold several.</summary>
internal sealed record GitLabOperation(string Query, string? Name, IReadOnlyDictionary<string, object?>? Variables);

/// <summary>A request as it was read.</summary>
/// <param name="IsBatch">It was an array, and so is the answer.</param>
internal sealed record GitLabRequest(IReadOnlyList<GitLabOperation> Operations, bool IsBatch, bool WithoutDeprecated);

/// <summary>Requests that are refused whole.</summary>
internal static class GitLabRefusal
{
    public static ApiProblem Of(int status, string message) => new(status, "refused", message);

    public static ApiProblem Unexpected(string parameter) => Of(StatusCodes.Status422UnprocessableEntity, $"Unexpected parameter: {parameter}");
}
