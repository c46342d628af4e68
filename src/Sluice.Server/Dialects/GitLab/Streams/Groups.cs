using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>A tenant as GitLab shows it.</summary>
internal sealed record GitLabGroup(string Path)
{
    public string Id => GlobalIdClass.Group.Of(Numbers.OfName(Path));
}

/// <summary>
/// Which tenants are groups, for whom, and what lies below them. A namespace's full path is the tenant's id, as events have it in <c>entity_path</c>; what
/// belongs to a group is what has it as parent, or as parent's parent. A path says nothing of that: <c>acme/web</c> is below <c>acme</c> when somebody said so.
/// </summary>
internal static class Groups
{
    /// <summary>The group, for those who may administer it: for all others there is none. Tenants need not be registered, so an instance's admin finds any name.</summary>
    public static GitLabGroup? Find(Caller? caller, string path) =>
        caller is { Role: Role.Admin } && IsTenant(path) && (caller.IsInstance || caller.TenantId == path) ? new GitLabGroup(path) : null;

    /// <summary>Events of the tenant <paramref name="path"/> are events of the group.</summary>
    public static bool Covers(AccessSnapshot tenants, string group, string path) => tenants.WithDescendants(group).Contains(path);

    public static bool IsTopLevel(AccessSnapshot tenants, string path) => tenants.Tenant(path).Parent is null;

    /// <summary>It could be a project: it belongs to a group.</summary>
    public static bool IsProject(AccessSnapshot tenants, string path) => IsTenant(path) && !IsTopLevel(tenants, path);

    public static bool IsTenant(string path) => TenantNames.IsId(path) && path != TenantNames.Sluice;
}
