using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Mutations;
using Sluice.Server.Dialects.GitLab.Types;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>The part of GitLab's schema that is about streaming audit events.</summary>
internal static class GitLabSchema
{
    private static readonly Lazy<Schema> Whole = new(() => Make(withDeprecated: true)), Current = new(() => Make(withDeprecated: false));

    public static Schema Of(bool withDeprecated) => (withDeprecated ? Whole : Current).Value;

    private static Schema Make(bool withDeprecated)
    {
        var types = new GitLabTypes(withDeprecated);
        return new Schema(GitLabQueries.Root(types), GitLabMutations.Root(types));
    }
}
