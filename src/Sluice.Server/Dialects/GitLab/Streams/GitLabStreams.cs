using System.Numerics;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.GraphQL;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>The destinations that <c>/v1/audit/siem</c> has, for one caller, as far as GitLab could have them.</summary>
/// <param name="caller">Null for somebody without a key.</param>
internal sealed class GitLabStreams(StreamViews views, StreamControl control, Caller? caller, CancellationToken cancellation)
{
    public Caller? Caller => caller;

    public CancellationToken Cancellation => cancellation;

    public bool MayAdministerInstance => caller is { Role: Role.Admin, IsInstance: true };

    /// <summary>Newest first.</summary>
    /// <param name="group">Null for the instance's own.</param>
    public async ValueTask<IReadOnlyList<GitLabStream>> ListAsync(GitLabGroup? group, GitLabCategory? category = null)
    {
        if (caller is not { Role: Role.Admin } || (group is null && !caller.IsInstance)) return [];
        var all = (await views.ListAsync(caller, cancellation))
            .Where(view => view.State.Status != StreamStatus.Deleting && view.Definition.TenantId == group?.Path)
            .Select(view => GitLabStream.Of(view.Definition));
        return [.. all.OfType<GitLabStream>().Where(stream => category is null || stream.Category == category).OrderByDescending(stream => stream.Number)];
    }

    /// <exception cref="GraphQLException">There is none for this caller.</exception>
    public async ValueTask<GitLabStream> FindAsync(BigInteger number, bool isGroups, GitLabCategory? category = null)
    {
        if (caller is not { Role: Role.Admin }) throw Unavailable();
        try
        {
            var view = await views.GetAsync(Numbers.Destination(number), caller, cancellation);
            if (view is null || view.State.Status == StreamStatus.Deleting || GitLabStream.Of(view.Definition) is not { } stream) throw Unavailable();
            return stream.Number == number && stream.IsGroups == isGroups && (category is null || stream.Category == category) ? stream : throw Unavailable();
        }
        catch (DestinationGoneException)
        {
            throw Unavailable();
        }
    }

    /// <exception cref="GraphQLException">There is none for this caller.</exception>
    public GitLabGroup Group(string path) => Groups.Find(caller, path) ?? throw Unavailable();

    /// <param name="members">As <c>/v1/audit/siem</c> takes them.</param>
    /// <exception cref="PayloadException">It cannot be.</exception>
    public async ValueTask<GitLabStream> CreateAsync(JsonObject members)
    {
        members["force"] = true;   // GitLab asks nobody whether a filter lets anything through
        return GitLabStream.Of((await RefusalsAsync(() => control.CreateAsync(members, caller!, cancellation))).Definition)!;
    }

    /// <param name="change">Makes the members to change from what the destination is at that moment: changes of one destination come one after the other.</param>
    /// <exception cref="PayloadException">It cannot be, and nothing has changed.</exception>
    public async ValueTask<GitLabStream> UpdateAsync(GitLabStream stream, Func<GitLabStream, JsonObject> change)
    {
        var view = await RefusalsAsync(() => control.UpdateAsync(stream.Definition.Id, definition => change(GitLabStream.Of(definition)!), caller!, CancellationToken.None, force: true));
        return GitLabStream.Of((view ?? throw Unavailable()).Definition)!;
    }

    public async ValueTask DeleteAsync(GitLabStream stream) => await RefusalsAsync(() => control.DeleteAsync(stream.Definition.Id, caller!, CancellationToken.None));

    public static GraphQLException Unavailable() => new(GitLabTexts.Unavailable);

    private static async ValueTask<T> RefusalsAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            return await call();
        }
        catch (DefinitionException refused)
        {
            throw new PayloadException(PayloadText.Of(refused));
        }
        catch (Exception gone) when (gone is DestinationGoneException or DestinationStateException)
        {
            throw Unavailable();
        }
    }
}
