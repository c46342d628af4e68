using Sluice.Tenants;

namespace Sluice.SelfAudit;

/// <summary>Who did something, as Sluice's own events name it.</summary>
public sealed record OwnActor(string Type, string Id, string? Name = null, string? Email = null)
{
    /// <summary>Sluice itself: what nobody called for.</summary>
    public static OwnActor Sluice { get; } = new("system", "sluice");

    /// <summary>Somebody without a valid key.</summary>
    public static OwnActor Nobody { get; } = new("anonymous", "anonymous");

    /// <summary>A user, whom a viewer's token was made for, a key's machine account, or the key where it has none.</summary>
    public static OwnActor Of(Caller caller) => caller switch
    {
        { User: { } user } => Of(user),
        { Viewer: { } viewer } => new OwnActor("user", viewer.User ?? caller.SessionId!),
        _ => new OwnActor("machine", caller.AccountId ?? caller.Id, caller.Name),
    };

    public static OwnActor Of(SignedInUser user) => new("user", user.Subject, user.Name, user.Email);
}

/// <summary>What was acted on.</summary>
public sealed record OwnResource(string Type, string Id, string? Name = null);
