using Sluice.Events;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

internal sealed record AccessKeyAnswer(
    string Id, string Prefix, string Name, string Role, string? TenantId, string? AccountId, IReadOnlyList<string> AllowedNetworks, string CreatedAt, string? ExpiresAt, string? LastUsedAt,
    string? ReplacedBy)
{
    public static AccessKeyAnswer Of(AccessKey key, KeyUse use) => new(
        key.Id, key.Prefix, key.Name, RoleNames.Of(key.Role), key.TenantId, key.AccountId, key.AllowedNetworks.Texts, Timestamp.Text(key.CreatedAt), Text(key.ExpiresAt), Text(use.Of(key)),
        key.ReplacedBy);

    public static string? Text(long? at) => at is { } time ? Timestamp.Text(time) : null;
}

/// <param name="Key">The key itself: this once.</param>
internal sealed record CreatedAccessKeyAnswer(
    string Id, string Key, string Prefix, string Name, string Role, string? TenantId, string? AccountId, IReadOnlyList<string> AllowedNetworks, string CreatedAt, string? ExpiresAt)
{
    public static CreatedAccessKeyAnswer Of(CreatedAccessKey created) => new(
        created.Key.Id, created.Text, created.Key.Prefix, created.Key.Name, RoleNames.Of(created.Key.Role), created.Key.TenantId, created.Key.AccountId, created.Key.AllowedNetworks.Texts,
        Timestamp.Text(created.Key.CreatedAt), AccessKeyAnswer.Text(created.Key.ExpiresAt));
}

/// <param name="Replaces">The key before it, and until when that one works.</param>
internal sealed record RotatedAccessKeyAnswer(CreatedAccessKeyAnswer Created, RotatedAccessKeyAnswer.Ending Replaces)
{
    internal sealed record Ending(string Id, string ExpiresAt);

    public static RotatedAccessKeyAnswer Of(RotatedAccessKey rotated) =>
        new(CreatedAccessKeyAnswer.Of(rotated.New), new Ending(rotated.Old.Id, Timestamp.Text(rotated.Old.ExpiresAt!.Value)));
}

internal sealed record AccessKeyListAnswer(IReadOnlyList<AccessKeyAnswer> Keys, string? NextPageToken);
