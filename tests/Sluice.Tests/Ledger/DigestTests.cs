using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class DigestTests
{
    private const string EmptyHex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_digest_keeps_its_bytes_through_every_spelling()
    {
        var digest = Digest.Sha256([]);

        Assert.Equal(EmptyHex, digest.ToHex());
        Assert.Equal(0xe3b0c44298fc1c14UL, digest.Prefix64);
        Assert.Equal(digest, Digest.From(digest.ToArray()));
        Assert.Equal(digest, Some.Hex(EmptyHex));
        Assert.True(Digest.TryParseBase64(digest.ToBase64(), out var again));
        Assert.Equal(digest, again);
        Assert.Equal(digest.GetHashCode(), again.GetHashCode());
    }

    [Fact]
    public void Digests_that_differ_in_any_byte_are_not_equal()
    {
        var bytes = Digest.Sha256([]).ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            var other = (byte[])bytes.Clone();
            other[i] ^= 1;
            Assert.True(Digest.From(bytes) != Digest.From(other));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("e3b0")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85500")]
    public void What_is_not_64_hex_digits_is_refused(string hex) => Assert.False(Digest.TryParseHex(Some.Utf8(hex), out _));

    [Theory]
    [InlineData("")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa /TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==")]
    [InlineData("é7DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void Base64_has_one_spelling(string base64) => Assert.False(Digest.TryParseBase64(base64, out _));

    [Fact]
    public void A_digest_of_another_length_cannot_be_made() => Assert.Throws<ArgumentException>(() => Digest.From(new byte[31]));
}
