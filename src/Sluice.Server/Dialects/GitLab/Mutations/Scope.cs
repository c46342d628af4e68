using System.Numerics;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;
using Sluice.Server.Dialects.GitLab.Types;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>What the mutations of groups and those of the instance do differently: whose the destinations are, and what things are called.</summary>
internal sealed class Scope(StreamTypes types, Func<GlobalIdClass, ScalarType> ids)
{
    private static readonly SemaphoreSlim Creating = new(1);

    public StreamTypes Types => types;

    public bool IsGroups => types.IsGroups;

    public InputDefinition Id(string name, GlobalIdClass its) => new(name, ids(its).NonNull());

    /// <summary>The inputs that name a new destination's owner.</summary>
    public IEnumerable<InputDefinition> Owner => IsGroups ? [new InputDefinition("groupPath", Scalars.Id.NonNull()) { Description = "The tenant's id." }] : [];

    /// <summary>The destination that an input names.</summary>
    public ValueTask<GitLabStream> FindAsync(GitLabStreams streams, Arguments input, string name, GitLabCategory? category = null) =>
        streams.FindAsync(input.Get<BigInteger>(name), IsGroups, category);

    /// <summary>Makes one. Names have to be unique, so one is made after the other.</summary>
    /// <param name="members">Its members, as the others of its scope and category let them be.</param>
    public async ValueTask<object?> CreateAsync(GitLabStreams streams, Arguments input, GitLabCategory category, Func<IReadOnlyList<GitLabStream>, System.Text.Json.Nodes.JsonObject> members)
    {
        var group = IsGroups ? streams.Group(input.Get<string>("groupPath")!) : null;
        if (!IsGroups && !streams.MayAdministerInstance) throw GitLabStreams.Unavailable();
        await Creating.WaitAsync(streams.Cancellation);
        try
        {
            var given = members(await streams.ListAsync(group, category));
            given["tenant_id"] = group?.Path;
            return await streams.CreateAsync(given);
        }
        finally
        {
            Creating.Release();
        }
    }

    /// <summary>The other destinations that a changed one has to differ from.</summary>
    public ValueTask<IReadOnlyList<GitLabStream>> OthersAsync(GitLabStreams streams, GitLabStream stream) =>
        streams.ListAsync(stream.Definition.TenantId is { } path ? new GitLabGroup(path) : null, stream.Category);
}
