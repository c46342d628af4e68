using Sluice.GraphQL.Execution;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>What resolvers know of the request.</summary>
/// <param name="Complexity">What the document costs.</param>
/// <param name="MostComplexity">What it may cost.</param>
internal sealed record GitLabCall(GitLabStreams Streams, Lazy<int> Complexity, int MostComplexity)
{
    public static GitLabCall Of(FieldContext context) => (GitLabCall)context.State!;
}
