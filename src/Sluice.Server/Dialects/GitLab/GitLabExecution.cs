using Sluice.Delivery;
using Sluice.GraphQL;
using Sluice.Server.Dialects.GitLab.Streams;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>Carries out what a request asks, within the limits of whoever asks.</summary>
internal sealed class GitLabExecution(StreamViews views, StreamControl control, AccessDirectory tenants)
{
    private const int Characters = 10_000;

    private static readonly GraphQLLimits Anybody = new() { Characters = Characters, Complexity = 200, Depth = 15, Errors = 5 };
    private static readonly GraphQLLimits Users = Anybody with { Complexity = 250, Depth = 20 };
    private static readonly GraphQLLimits Admins = Users with { Complexity = 300 };

    /// <param name="noMutations">What mutations are refused with; null where they may be.</param>
    /// <exception cref="GitLabRefusal">The request is refused whole.</exception>
    public async ValueTask<IReadOnlyList<GraphQLResult>> RunAsync(GitLabRequest request, Caller? caller, string? noMutations, CancellationToken cancellation)
    {
        if (request.Operations.Sum(operation => operation.Query.Length) > Characters) throw GitLabRefusal.Of(StatusCodes.Status422UnprocessableEntity, GitLabTexts.TooLarge);
        var limits = caller is null ? Anybody : caller.Role == Role.Admin ? Admins : Users;
        var executor = new GraphQLExecutor(GitLabSchema.Of(withDeprecated: !request.WithoutDeprecated), limits);
        var streams = new GitLabStreams(views, control, await tenants.CurrentAsync(cancellation), caller, cancellation);
        var results = new List<GraphQLResult>();
        foreach (var operation in request.Operations) results.Add(await RunAsync(executor, operation, streams, limits, noMutations, cancellation));
        return results;
    }

    private static async ValueTask<GraphQLResult> RunAsync(GraphQLExecutor executor, GitLabOperation operation, GitLabStreams streams, GraphQLLimits limits, string? noMutations, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(operation.Query)) return GraphQLResult.Refused(new GraphQLError(GitLabTexts.EmptyQuery, []));
        var asked = new GraphQLRequest(operation.Query, operation.Name, operation.Variables) { NoMutations = noMutations };
        var call = new GitLabCall(streams, new Lazy<int>(() => executor.ComplexityOf(asked)), limits.Complexity);
        var result = await executor.ExecuteAsync(asked with { State = call }, cancellation);
        if (noMutations is not null && result.Errors is [{ } error] && error.Message == noMutations) throw GitLabRefusal.Of(StatusCodes.Status422UnprocessableEntity, noMutations);
        return result;
    }
}
