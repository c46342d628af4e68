using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Ledger;

/// <summary>32 bytes of SHA-256, held inline: an entry of the ledger, a leaf, a node or a root.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Digest : IEquatable<Digest>
{
    public const int Size = 32;

    private const int HexLength = 2 * Size;
    private const int Base64Length = 44;

    // The last of 43 digits holds four bits of the digest; its other two must be zero or one digest has four spellings.
    private static readonly SearchValues<byte> LastBase64Digits = SearchValues.Create("AEIMQUYcgkosw048"u8);

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>The first eight bytes as a big-endian number: orders digests and feeds short filters.</summary>
    public ulong Prefix64 => BinaryPrimitives.ReadUInt64BigEndian(Bytes);

    [UnscopedRef]
    internal ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Digest>(in this));

    /// <param name="bytes">Exactly 32 of them.</param>
    public static Digest From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? MemoryMarshal.Read<Digest>(bytes)
            : throw new ArgumentException($"A digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    public static Digest Sha256(ReadOnlySpan<byte> data)
    {
        Unsafe.SkipInit(out Digest digest);
        Sha256Provider.Hash(data, MemoryMarshal.AsBytes(new Span<Digest>(ref digest)));
        return digest;
    }

    public static bool TryParseHex(ReadOnlySpan<byte> utf8Hex, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = utf8Hex.Length == HexLength
            && Convert.FromHexString(utf8Hex, bytes, out _, out var written) == OperationStatus.Done
            && written == Size;
        digest = valid ? From(bytes) : default;
        return valid;
    }

    /// <summary>Padded base64 in its one canonical spelling.</summary>
    public static bool TryParseBase64(string text, out Digest digest)
    {
        digest = default;
        Span<byte> utf8 = stackalloc byte[Base64Length];
        return text.Length == Base64Length
            && Encoding.UTF8.TryGetBytes(text, utf8, out var written)
            && TryParseBase64(utf8[..written], out digest);
    }

    /// <inheritdoc cref="TryParseBase64(string, out Digest)"/>
    public static bool TryParseBase64(ReadOnlySpan<byte> utf8, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Size + 1];
        var valid = utf8.Length == Base64Length
            && Base64.DecodeFromUtf8(utf8, bytes, out _, out var written) == OperationStatus.Done
            && written == Size
            && LastBase64Digits.Contains(utf8[^2]);
        digest = valid ? From(bytes[..Size]) : default;
        return valid;
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    public byte[] ToArray() => Bytes.ToArray();

    public string ToHex() => Convert.ToHexStringLower(Bytes);

    public string ToBase64() => Convert.ToBase64String(Bytes);

    public override string ToString() => ToHex();

    public bool Equals(Digest other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => _first.GetHashCode();

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);
}
