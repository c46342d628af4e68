using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Tenants;

/// <summary>SHA-256 of a key: all that Sluice keeps of it. Compared in constant time.</summary>
internal readonly struct AccessKeyHash : IEquatable<AccessKeyHash>
{
    /// <summary>No key is longer, so that a giant header costs nothing.</summary>
    public const int LongestKey = 512;

    private readonly ulong _a, _b, _c, _d;

    public AccessKeyHash(ReadOnlySpan<byte> hash)
    {
        _a = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]);
    }

    public static bool TryOf(ReadOnlySpan<char> key, out AccessKeyHash hash)
    {
        Span<byte> utf8 = stackalloc byte[LongestKey];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash = default;
        if (key.IsEmpty || !Encoding.UTF8.TryGetBytes(key, utf8, out var length)) return false;
        SHA256.HashData(utf8[..length], digest);
        hash = new AccessKeyHash(digest);
        return true;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), _b);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), _c);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), _d);
        return bytes;
    }

    public bool Equals(AccessKeyHash other) => ((_a ^ other._a) | (_b ^ other._b) | (_c ^ other._c) | (_d ^ other._d)) == 0;

    public override bool Equals(object? obj) => obj is AccessKeyHash other && Equals(other);

    public override int GetHashCode() => (int)_a;
}
