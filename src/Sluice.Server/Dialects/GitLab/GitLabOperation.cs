namespace Sluice.Server.Dialects.GitLab;

/// <summary>One operation of a request, which may hold several.</summary>
internal sealed record GitLabOperation(string Query, string? Name, IReadOnlyDictionary<string, object?>? Variables);

/// <summary>A request as it was read.</summary>
/// <param name="IsBatch">It was an array, and so is the answer.</param>
internal sealed record GitLabRequest(IReadOnlyList<GitLabOperation> Operations, bool IsBatch, bool WithoutDeprecated);

/// <summary>A request that is refused whole.</summary>
internal sealed class GitLabRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public TimeSpan? RetryAfter { get; init; }

    public static GitLabRefusal Unexpected(string parameter) => new(StatusCodes.Status422UnprocessableEntity, $"Unexpected parameter: {parameter}");
}
