namespace Sluice.Tenants;

/// <summary>A key as Sluice knows it. The key itself is shown once, when it is made, and not kept.</summary>
/// <param name="Prefix">Its first characters, by which its owner recognises it.</param>
/// <param name="TenantId">The only tenant it is good for; null for the instance.</param>
/// <param name="CreatedAt">In nanoseconds since 1970, as <paramref name="ExpiresAt"/>.</param>
/// <param name="ExpiresAt">From when it is refused; null for never.</param>
public sealed record AccessKey(string Id, string Prefix, string Name, Role Role, string? TenantId, long CreatedAt, long? ExpiresAt)
{
    /// <summary>What requests with this key are: made once, shared by all of them.</summary>
    public Caller Caller { get; } = new(Id, Name, Role, TenantId);

    public bool IsExpired(long now) => ExpiresAt <= now;

    internal bool IsInstanceAdmin => Role == Role.Admin && TenantId is null;
}

/// <summary>What a new key shall be.</summary>
public sealed record AccessKeyRequest(string Name, Role Role, string? TenantId = null, long? ExpiresAt = null);

/// <param name="Text">The key itself: this once.</param>
public sealed record CreatedAccessKey(AccessKey Key, string Text)
{
    public override string ToString() => Key.ToString();
}
