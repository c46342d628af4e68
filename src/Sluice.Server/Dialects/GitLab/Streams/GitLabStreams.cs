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
/// <param name="tenants">What belongs to which group.</param>
/// <param name="caller">Null for somebody without a key.</param>
internal sealed class GitLabStreams(StreamViews views, StreamControl control, AccessSnapshot tenants, Caller? caller, CancellationToken cancellation)
{
    public Caller? Caller => caller;

    public AccessSnapshot Tenants => tenants;

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

    /// <param name="group">Null for the instance.</param>
    /// <param name="members">Makes the members, as <c>/v1/audit/siem</c> takes them, from what else there is of the category; asked again while nothing else can come.</param>
    /// <exception cref="PayloadException">It cannot be.</exception>
    public async ValueTask<GitLabStream> CreateAsync(GitLabGroup? group, GitLabCategory category, Func<IReadOnlyList<GitLabStream>, JsonObject> members)
    {
        var given = members(await ListAsync(group, category));
        given["tenant_id"] = group?.Path;
        given["include_children"] = group is not null;
        given["force"] = true;   // GitLab asks nobody whether a filter lets anything through
        var view = await RefusalsAsync(() => control.CreateAsync(given, caller!, cancellation, others => members(Of(category, others))));
        return GitLabStream.Of(view.Definition)!;
    }

    /// <param name="change">Makes the members to change from what the destination is at that moment: changes of one destination come one after the other.</param>
    /// <exception cref="PayloadException">It cannot be, and nothing has changed.</exception>
    public ValueTask<GitLabStream> UpdateAsync(GitLabStream stream, Func<GitLabStream, JsonObject> change) => UpdateAsync(stream, change, null);

    /// <param name="change">The same, for what has to differ from all else there is of the scope and category; asked again while nothing else can come or change.</param>
    /// <exception cref="PayloadException">It cannot be, and nothing has changed.</exception>
    public async ValueTask<GitLabStream> UpdateAsync(GitLabStream stream, Func<GitLabStream, IReadOnlyList<GitLabStream>, JsonObject> change)
    {
        var (there, latest) = (await ListAsync(stream.Group, stream.Category), stream);
        return await UpdateAsync(stream, now => change(latest = now, there), others => change(latest, Of(stream.Category, others)));
    }

    public async ValueTask DeleteAsync(GitLabStream stream) => await RefusalsAsync(() => control.DeleteAsync(stream.Definition.Id, caller!, CancellationToken.None));

    public static GraphQLException Unavailable() => new(GitLabTexts.Unavailable);

    private async ValueTask<GitLabStream> UpdateAsync(GitLabStream stream, Func<GitLabStream, JsonObject> change, Action<IReadOnlyList<DestinationDefinition>>? beside)
    {
        JsonObject Change(DestinationDefinition definition) => change(GitLabStream.Of(definition)!);
        var view = await RefusalsAsync(() => control.UpdateAsync(stream.Definition.Id, Change, caller!, CancellationToken.None, force: true, beside));
        return GitLabStream.Of((view ?? throw Unavailable()).Definition)!;
    }

    private static IReadOnlyList<GitLabStream> Of(GitLabCategory category, IReadOnlyList<DestinationDefinition> definitions) =>
        [.. definitions.Select(GitLabStream.Of).OfType<GitLabStream>().Where(stream => stream.Category == category)];

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
        catch (NameTakenException)
        {
            throw new PayloadException(GitLabTexts.NameTaken);
        }
        catch (Exception gone) when (gone is DestinationGoneException or DestinationStateException)
        {
            throw Unavailable();
        }
    }
}
