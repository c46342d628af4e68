namespace Sluice.Tenants;

/// <summary>A key as Sluice knows it. The key itself is shown once, when it is made, and not kept.</summary>
/// <param name="Prefix">Its first characters, by which its owner recognises it.</param>
/// <param name="TenantId">The only tenant it is good for; null for the instance.</param>
/// <param name="CreatedAt">In nanoseconds since 1970, as all times here.</param>
/// <param name="ExpiresAt">From when it is refused; null for never.</param>
public sealed record AccessKey(string Id, string Prefix, string Name, Role Role, string? TenantId, long CreatedAt, long? ExpiresAt)
{
    /// <summary>The machine account that it belongs to, if it belongs to one.</summary>
    public string? AccountId { get; init; }

    /// <summary>From where it may be used, besides what its account says.</summary>
    public AddressList AllowedNetworks { get; init; } = AddressList.Everywhere;

    /// <summary>When it was last used, a minute late at most; null for never.</summary>
    public long? LastUsedAt { get; init; }

    /// <summary>The key that it was rotated to; it works on until <see cref="ExpiresAt"/>.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>It is good for a tenant only while that one is marked as a test.</summary>
    public bool IsTest => AccessKeyText.IsTest(Prefix);

    /// <summary>What requests with this key are.</summary>
    public Caller Caller => new(Id, Name, Role, TenantId, AccountId);

    public bool IsExpired(long now) => ExpiresAt <= now;

    internal bool IsInstanceAdmin => Role == Role.Admin && TenantId is null;
}

/// <summary>What a new key shall be.</summary>
public sealed record AccessKeyRequest(string Name, Role Role, string? TenantId = null, long? ExpiresAt = null)
{
    public AddressList AllowedNetworks { get; init; } = AddressList.Everywhere;

    /// <summary>The machine account that it is for; role and tenant are that account's.</summary>
    public string? AccountId { get; init; }
}

/// <param name="Text">The key itself: this once.</param>
public sealed record CreatedAccessKey(AccessKey Key, string Text)
{
    public override string ToString() => Key.ToString();
}
