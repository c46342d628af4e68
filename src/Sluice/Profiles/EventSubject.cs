namespace Sluice.Profiles;

/// <summary>What an event is about, for spellings that want one thing: its resource, else its actor.</summary>
internal static class EventSubject
{
    /// <summary>The actor's members that its sender added.</summary>
    public static MemberSelection ActorRest { get; } = MemberSelection.AllBut([["type"], ["id"], ["name"], ["email"]]);

    /// <summary>The resource's members that its sender added.</summary>
    public static MemberSelection ResourceRest { get; } = MemberSelection.AllBut([["type"], ["id"], ["name"]]);

    public static ReadOnlySpan<byte> Id(in EventText e) => e.Or(EventField.ResourceId, EventField.ActorId);

    /// <summary>The type of that whose id <see cref="Id"/> is.</summary>
    public static ReadOnlySpan<byte> Type(in EventText e) => e[e.Has(EventField.ResourceId) ? EventField.ResourceType : EventField.ActorType];
}
