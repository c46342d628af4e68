using Sluice.Tenants;

namespace Sluice.SelfAudit;

/// <summary>Who did something, as Sluice's own events name it.</summary>
public sealed record OwnActor(string Type, string Id, string? Name = null)
{
    /// <summary>Sluice itself: what nobody called for.</summary>
    public static OwnActor Sluice { get; } = new("system", "sluice");

    /// <summary>Somebody without a valid key.</summary>
    public static OwnActor Nobody { get; } = new("anonymous", "anonymous");

    /// <summary>A key's machine account, or the key where it has none.</summary>
    public static OwnActor Of(Caller caller) => new("machine", caller.AccountId ?? caller.KeyId, caller.Name);
}

/// <summary>What was acted on.</summary>
public sealed record OwnResource(string Type, string Id, string? Name = null);
