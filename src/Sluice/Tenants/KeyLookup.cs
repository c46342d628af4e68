namespace Sluice.Tenants;

public enum KeyVerdict
{
    Valid,
    Unknown,
    Expired,

    /// <summary>It may be used from other networks only.</summary>
    WrongAddress,

    /// <summary>It is a test key, and its tenant is not marked as a test any more.</summary>
    NoTestTenant,
}

/// <param name="Key">Which key it is; null when nobody knows it.</param>
public readonly record struct KeyLookup(KeyVerdict Verdict, AccessKey? Key)
{
    public static KeyLookup Unknown { get; } = new(KeyVerdict.Unknown, null);

    /// <summary>Who holds the key; null unless it is valid.</summary>
    public Caller? Caller => Verdict == KeyVerdict.Valid ? Key!.Caller : null;
}

/// <param name="Old">With the time at which it ends.</param>
public sealed record RotatedAccessKey(CreatedAccessKey New, AccessKey Old);
