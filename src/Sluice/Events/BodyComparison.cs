namespace Sluice.Events;

/// <summary>
/// Tells whether an event sent again is the one that was stored. Bodies are spelled in one way only, so equal content means equal bytes, save the
/// salt and what Sluice itself filled in.
/// </summary>
internal static class BodyComparison
{
    private const int SaltBytes = 33;

    /// <summary>Whether both have the same tenant and id: what a hash hit must still be asked.</summary>
    public static bool SameIdentity(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> sent) =>
        BodyMembers.Id(stored).SequenceEqual(BodyMembers.Id(sent)) && BodyMembers.Tenant(stored).SequenceEqual(BodyMembers.Tenant(sent));

    public static bool SameContent(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> sent, in AcceptedEvent accepted)
    {
        if (!accepted.TimestampFilledIn && !BodyMembers.Time(stored).SequenceEqual(BodyMembers.Time(sent))) return false;
        if (!accepted.CategoryFilledIn && !BodyMembers.Category(stored).SequenceEqual(BodyMembers.Category(sent))) return false;
        return Rest(stored).SequenceEqual(Rest(sent));
    }

    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> body) => BodyMembers.AfterCategory(body)[..^SaltBytes];
}
