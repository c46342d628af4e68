using Sluice.Events;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

internal sealed record AccessKeyAnswer(string Id, string Prefix, string Name, string Role, string? TenantId, string CreatedAt, string? ExpiresAt)
{
    public static AccessKeyAnswer Of(AccessKey key) =>
        new(key.Id, key.Prefix, key.Name, RoleNames.Of(key.Role), key.TenantId, Timestamp.Text(key.CreatedAt), key.ExpiresAt is { } at ? Timestamp.Text(at) : null);
}

/// <param name="Key">The key itself: this once.</param>
internal sealed record CreatedAccessKeyAnswer(string Id, string Key, string Prefix, string Name, string Role, string? TenantId, string CreatedAt, string? ExpiresAt)
{
    public static CreatedAccessKeyAnswer Of(CreatedAccessKey created)
    {
        var key = AccessKeyAnswer.Of(created.Key);
        return new CreatedAccessKeyAnswer(key.Id, created.Text, key.Prefix, key.Name, key.Role, key.TenantId, key.CreatedAt, key.ExpiresAt);
    }
}

internal sealed record AccessKeyListAnswer(IReadOnlyList<AccessKeyAnswer> Keys, string? NextPageToken);
