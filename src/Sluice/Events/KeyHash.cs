using System.Buffers.Binary;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>
/// The 44-bit hash of a key. It is written into index files, so it never changes without a new file version: multiply, fold, eight bytes at a time.
/// </summary>
public static class KeyHash
{
    public const int Bits = 44;

    /// <summary>Stands for "has no such member"; no value hashes to it.</summary>
    public const ulong Absent = 0;

    private const ulong Mask = (1UL << Bits) - 1;
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    public static ulong Of(ReadOnlySpan<byte> utf8)
    {
        var state = Fold((ulong)utf8.Length ^ First, Second);
        for (; utf8.Length >= 8; utf8 = utf8[8..]) state = Fold(state ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8), First);
        ulong last = 0;
        foreach (var b in utf8) last = (last << 8) | b;
        return Finish(Fold(state ^ last, Second));
    }

    /// <summary>The key of an id inside a tenant, made from the tenant's hash alone so that it can be asked for every tenant an index knows.</summary>
    public static ulong OfId(ulong tenant, ReadOnlySpan<byte> id) => Finish(Fold(Of(id) ^ (tenant << 20), First));

    /// <summary>A digest is a hash already: its first bits are its key.</summary>
    public static ulong OfDigest(in Digest digest)
    {
        var hash = digest.Prefix64 >> (64 - Bits);
        return hash == Absent ? 1 : hash;
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static ulong Finish(ulong state)
    {
        var hash = (state ^ (state >> Bits)) & Mask;
        return hash == Absent ? 1 : hash;
    }
}
