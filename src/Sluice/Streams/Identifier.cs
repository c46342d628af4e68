using System.Security.Cryptography;

namespace Sluice.Streams;

/// <summary>Ids that sort by the time they were made: a prefix, then 48 bits of milliseconds and 80 random bits in Crockford's base 32.</summary>
internal static class Identifier
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(string prefix, long nanoseconds)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        var value = (UInt128)(ulong)(nanoseconds / 1_000_000) << 80;
        foreach (var (b, at) in random.ToArray().Select((b, at) => (b, at))) value |= (UInt128)b << (8 * at);
        return prefix + Spell(value);
    }

    private static string Spell(UInt128 value) => string.Create(26, value, (text, left) =>
    {
        for (var at = text.Length - 1; at >= 0; at--, left >>= 5) text[at] = Digits[(int)(left & 31)];
    });
}
