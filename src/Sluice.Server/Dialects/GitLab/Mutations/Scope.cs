using System.Numerics;
using System.Text.Json.Nodes;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;
using Sluice.Server.Dialects.GitLab.Types;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>What the mutations of groups and those of the instance do differently: whose the destinations are, and what things are called.</summary>
internal sealed class Scope(StreamTypes types, Func<GlobalIdClass, ScalarType> ids)
{
    public StreamTypes Types => types;

    public bool IsGroups => types.IsGroups;

    public InputDefinition Id(string name, GlobalIdClass its) => new(name, ids(its).NonNull());

    /// <summary>The inputs that name a new destination's owner.</summary>
    public IEnumerable<InputDefinition> Owner => IsGroups ? [new InputDefinition("groupPath", Scalars.Id.NonNull()) { Description = "The tenant's id." }] : [];

    /// <summary>The destination that an input names.</summary>
    public ValueTask<GitLabStream> FindAsync(GitLabStreams streams, Arguments input, string name, GitLabCategory? category = null) =>
        streams.FindAsync(input.Get<BigInteger>(name), IsGroups, category);

    /// <summary>Makes one. A group's gets the events of all that belongs to the group, too.</summary>
    /// <param name="subgroup">What is said of a group that belongs to another.</param>
    /// <param name="members">Its members, as the others of its scope and category let them be.</param>
    public async ValueTask<object?> CreateAsync(GitLabStreams streams, Arguments input, GitLabCategory category, string subgroup, Func<IReadOnlyList<GitLabStream>, JsonObject> members)
    {
        var group = IsGroups ? streams.Group(input.Get<string>("groupPath")!) : null;
        if (!IsGroups && !streams.MayAdministerInstance) throw GitLabStreams.Unavailable();
        if (group is not null && !Groups.IsTopLevel(streams.Tenants, group.Path)) throw new PayloadException(subgroup);
        return await streams.CreateAsync(group, category, members);
    }
}
