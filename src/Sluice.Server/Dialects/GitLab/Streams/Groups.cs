using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>A tenant as GitLab shows it.</summary>
internal sealed record GitLabGroup(string Path)
{
    public string Id => GlobalIdClass.Group.Of(Numbers.OfName(Path));
}

/// <summary>Which tenants are groups, for whom, and what lies below them. A group's full path is the tenant's id, and a group's destination is one of that tenant.</summary>
internal static class Groups
{
    private const int Longest = 256;

    /// <summary>The group, for those who may administer it: for all others there is none. Tenants are not registered anywhere, so an instance's admin finds any name.</summary>
    public static GitLabGroup? Find(Caller? caller, string path) =>
        caller is { Role: Role.Admin } && IsTenant(path) && (caller.IsInstance || caller.TenantId == path) ? new GitLabGroup(path) : null;

    /// <summary>Events of the tenant <paramref name="path"/> are events of the group.</summary>
    public static bool Covers(string group, string path) => group == path;

    public static bool IsTenant(string path) => path.Length is > 0 and <= Longest && path != TenantNames.Sluice && !path.Any(char.IsControl);
}
