using System.Numerics;
using System.Security.Cryptography;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class Ed25519Tests
{
    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void The_vectors_of_rfc_8032_verify(string publicKey, string message, string signature)
    {
        var (key, text, signed) = (Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature));

        Assert.True(Ed25519.Verify(key, text, signed));
        Assert.False(Ed25519.Verify(key, [.. text, 0], signed));
        for (var i = 0; i < signed.Length; i++)
            Assert.False(Ed25519.Verify(key, text, Flipped(signed, i)));
        for (var i = 0; i < key.Length; i++)
            Assert.False(Ed25519.Verify(Flipped(key, i), text, signed));
    }

    [Fact]
    public void What_libcrypto_signs_verifies_and_what_it_refuses_does_not()
    {
        var random = new Random(8032);
        for (var round = 0; round < 200; round++)
        {
            var (seed, message) = (new byte[32], new byte[random.Next(300)]);
            random.NextBytes(seed);
            random.NextBytes(message);
            var key = LibCrypto.PublicKeyOf(seed);
            var signature = LibCrypto.Sign(seed, message);
            var broken = Flipped(signature, random.Next(64));

            Assert.True(Ed25519.Verify(key, message, signature));
            Assert.True(LibCrypto.Verify(key, message, signature));
            Assert.False(Ed25519.Verify(key, message, broken));
            Assert.False(LibCrypto.Verify(key, message, broken));
        }
    }

    [Fact]
    public void A_signature_has_one_spelling_only()
    {
        var seed = SHA256.HashData([1]);
        var signature = LibCrypto.Sign(seed, [2]);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        byte[] respelled = [.. signature.AsSpan(0, 32), .. s.ToByteArray(isUnsigned: true)];

        Assert.Equal(64, respelled.Length);
        Assert.False(Ed25519.Verify(LibCrypto.PublicKeyOf(seed), [2], respelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_canonical_point_is_no_key(string publicKey)
    {
        // R is the neutral point and S is 0: this would verify under any key of which k times is the neutral point.
        var signature = new byte[64];
        signature[0] = 1;

        Assert.False(Ed25519.Verify(Convert.FromHexString(publicKey), [], signature));
    }

    [Fact]
    public void A_signature_of_another_length_is_refused() =>
        Assert.False(Ed25519.Verify(LibCrypto.PublicKeyOf(new byte[32]), [], LibCrypto.Sign(new byte[32], []).AsSpan(0, 63)));

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[at] ^= 0x40;
        return flipped;
    }
}
