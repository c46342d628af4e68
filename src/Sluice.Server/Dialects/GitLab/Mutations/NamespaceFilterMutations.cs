using System.Numerics;
using System.Text.Json.Nodes;
using Sluice.GraphQL;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;
using Sluice.Server.Dialects.GitLab.Types;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>Narrows destinations to namespaces: tenants, and what belongs to them.</summary>
internal static class NamespaceFilterMutations
{
    private const int Most = 5;

    public static IEnumerable<Mutation> Legacy(Scope scope)
    {
        yield return new Mutation(
            "auditEventsStreamingHttpNamespaceFiltersAdd",
            [scope.Id("destinationId", scope.Types.HttpId), new("groupPath", Scalars.Id), new("projectPath", Scalars.Id)],
            (streams, input) => AddLegacyAsync(scope, streams, input)) { TypeName = "AuditEventsStreamingHTTPNamespaceFiltersAdd", Record = ("namespaceFilter", scope.Types.LegacyFilter) };
        yield return new Mutation("auditEventsStreamingHttpNamespaceFiltersDelete", [scope.Id("namespaceFilterId", StreamTypes.LegacyFilterId)], (streams, input) => RemoveAsync(scope, streams, input, GitLabCategory.Http))
        {
            TypeName = "AuditEventsStreamingHTTPNamespaceFiltersDelete",
        };
    }

    public static IEnumerable<Mutation> Consolidated(Scope scope)
    {
        var name = $"auditEvents{(scope.IsGroups ? "Group" : "Instance")}DestinationNamespaceFilter";
        yield return new Mutation(name + "Create", [scope.Id("destinationId", scope.Types.StreamingId), new("namespacePath", Scalars.String)], (streams, input) => AddAsync(scope, streams, input))
        {
            Record = ("namespaceFilter", scope.Types.Filter),
        };
        yield return new Mutation(name + "Delete", [scope.Id("namespaceFilterId", scope.Types.FilterId)], (streams, input) => RemoveAsync(scope, streams, input, null));
    }

    private static async ValueTask<object?> AddLegacyAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var stream = await scope.FindAsync(streams, input, "destinationId", GitLabCategory.Http);
        var (group, project) = (input.Get<string>("groupPath"), input.Get<string>("projectPath"));
        if ((group is null) == (project is null)) throw new GraphQLException(GitLabTexts.OnePath);
        if (project is not null && !Groups.IsProject(streams.Tenants, project)) throw new GraphQLException("project_path is invalid");
        if (group is not null && !Groups.IsTenant(group)) throw new GraphQLException("group_path is invalid");
        var path = group ?? project!;
        return await AddAsync(streams, stream, path, there =>
        {
            if (there.Count > 0) throw new PayloadException("External audit event destination has already been taken");
            if (!IsInside(streams, stream, path)) throw new PayloadException("External audit event destination does not belong to the top-level group of the namespace.");
        });
    }

    private static async ValueTask<object?> AddAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var stream = await scope.FindAsync(streams, input, "destinationId");
        if (input.Get<string>("namespacePath") is not { } path || !Groups.IsTenant(path)) throw new GraphQLException(GitLabTexts.NoNamespace);
        return await AddAsync(streams, stream, path, there =>
        {
            if (there.Contains(path)) throw new PayloadException("Namespace has already been taken");
            if (!IsInside(streams, stream, path)) throw new PayloadException("External streaming destination does not belong to the top-level group of the namespace.");
            if (there.Count >= Most) throw new PayloadException($"Namespace filters are limited to {Most} per destination");
        });
    }

    private static async ValueTask<object?> AddAsync(GitLabStreams streams, GitLabStream stream, string path, Action<IReadOnlyList<string>> check)
    {
        var changed = await streams.UpdateAsync(stream, now =>
        {
            check(now.Definition.Stream.OnlyTenants);
            return Members([.. now.Definition.Stream.OnlyTenants, path]);
        });
        return changed.NamespaceFilters.First(filter => filter.Path == path);
    }

    private static async ValueTask<object?> RemoveAsync(Scope scope, GitLabStreams streams, Arguments input, GitLabCategory? category)
    {
        var number = input.Get<BigInteger>("namespaceFilterId");
        var stream = await streams.FindAsync(Numbers.DestinationOfPart(number), scope.IsGroups, category);
        await streams.UpdateAsync(stream, now => now.NamespaceFilters.Any(filter => filter.Number == number)
            ? Members([.. now.NamespaceFilters.Where(filter => filter.Number != number).Select(filter => filter.Path)])
            : throw GitLabStreams.Unavailable());
        return null;
    }

    private static JsonObject Members(IReadOnlyList<string> paths) => new() { ["only_tenants"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]) };

    /// <summary>One that was made at <c>/v1/audit/siem</c> may have the events of its own tenant only.</summary>
    private static bool IsInside(GitLabStreams streams, GitLabStream stream, string path) =>
        stream.Group is not { } group || path == group.Path || (stream.Definition.Stream.IncludeChildren && Groups.Covers(streams.Tenants, group.Path, path));
}
