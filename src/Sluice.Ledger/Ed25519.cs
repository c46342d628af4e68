using System.Numerics;
using System.Security.Cryptography;

namespace Sluice.Ledger;

/// <summary>
/// Verification of Ed25519 signatures (RFC 8032 §5.1.7) in managed code, so that anyone can verify on any system. There
/// is nothing secret in it, so it takes no care to run in constant time.
/// </summary>
public static class Ed25519
{
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    private const int HalfSize = 32;
    private const int ScalarBits = 253;

    /// <summary>2^252 + 27742317777372353535851937790883648493, how many points the base point makes.</summary>
    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + new BigInteger([0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14]);

    /// <summary>False for any key or signature that is not well-formed, too; points and S must be in canonical form.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeySize || signature.Length != SignatureSize || !EdwardsPoint.TryRead(publicKey, out var key))
            return false;

        var s = new BigInteger(signature[HalfSize..], isUnsigned: true);
        if (s >= Order)
            return false;

        Span<byte> expected = stackalloc byte[HalfSize];
        Combine(s, Challenge(publicKey, message, signature[..HalfSize]), -key).Write(expected);
        return expected.SequenceEqual(signature[..HalfSize]);
    }

    private static BigInteger Challenge(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> r)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(r);
        hash.AppendData(publicKey);
        hash.AppendData(message);
        return new BigInteger(hash.GetHashAndReset(), isUnsigned: true) % Order;
    }

    /// <summary>s·B + k·P, both bit by bit in one walk.</summary>
    private static EdwardsPoint Combine(BigInteger s, BigInteger k, in EdwardsPoint point)
    {
        var both = EdwardsPoint.Base + point;
        var sum = EdwardsPoint.Neutral;
        Span<byte> sBits = stackalloc byte[HalfSize];
        Span<byte> kBits = stackalloc byte[HalfSize];
        s.TryWriteBytes(sBits, out _, isUnsigned: true);
        k.TryWriteBytes(kBits, out _, isUnsigned: true);
        for (var bit = ScalarBits - 1; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            sum = (IsSet(sBits, bit), IsSet(kBits, bit)) switch
            {
                (true, true) => sum + both,
                (true, false) => sum + EdwardsPoint.Base,
                (false, true) => sum + point,
                _ => sum,
            };
        }
        return sum;
    }

    private static bool IsSet(ReadOnlySpan<byte> bits, int bit) => (bits[bit >> 3] >> (bit & 7) & 1) == 1;
}
