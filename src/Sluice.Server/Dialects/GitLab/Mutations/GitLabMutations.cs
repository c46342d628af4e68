using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Types;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>Every mutation.</summary>
internal static class GitLabMutations
{
    public static ObjectType Root(GitLabTypes types)
    {
        var ids = new Dictionary<GlobalIdClass, ScalarType>();
        ScalarType Id(GlobalIdClass its) => ids.TryGetValue(its, out var known) ? known : ids[its] = new GlobalIdType(its);
        Scope groups = new(types.Groups, Id), instance = new(types.Instance, Id);
        return new ObjectType("Mutation", () => types.Kept([.. Fields(groups), .. Fields(instance)]).OrderBy(field => field.Name, StringComparer.Ordinal));
    }

    private static IEnumerable<FieldDefinition> Fields(Scope scope)
    {
        var instead = GitLabTexts.Deprecated(scope.IsGroups ? "groupAuditEventStreamingDestinationsCreate and its siblings" : "instanceAuditEventStreamingDestinationsCreate and its siblings");
        IEnumerable<Mutation> legacy =
        [
            .. LegacyMutations.Http(scope), .. LegacyMutations.Google(scope), .. LegacyMutations.Amazon(scope), .. HeaderMutations.All(scope), .. EventFilterMutations.Legacy(scope),
            .. scope.IsGroups ? NamespaceFilterMutations.Legacy(scope) : [],
        ];
        IEnumerable<Mutation> current = [.. StreamingMutations.All(scope), .. EventFilterMutations.Consolidated(scope), .. NamespaceFilterMutations.Consolidated(scope)];
        return legacy.Select(mutation => mutation with { Deprecation = instead }).Concat(current).Select(mutation => mutation.Field());
    }
}
