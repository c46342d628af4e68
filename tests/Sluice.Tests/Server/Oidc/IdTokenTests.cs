using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Server.Oidc;

namespace Sluice.Tests.Server.Oidc;

/// <summary>An ID token counts only when the provider made it, for Sluice, for this sign-in, just now.</summary>
public sealed class IdTokenTests : IDisposable
{
    private readonly TokenMaker _maker = new();

    private static long Now => TokenMaker.Now.ToUnixTimeSeconds();

    public void Dispose() => _maker.Dispose();

    [Theory]
    [InlineData("RS256", "rsa")]
    [InlineData("PS256", "rsa")]
    [InlineData("ES256", "curve")]
    [InlineData("ES256", null)]
    public void A_good_token_is_taken(string algorithm, string? kid) => Check(_maker.Signed(TokenMaker.Claims, algorithm, kid));

    [Theory]
    [InlineData("iss", "\"https://login.example.com/\"")]
    [InlineData("iss", null)]
    [InlineData("aud", "\"another\"")]
    [InlineData("aud", "[]")]
    [InlineData("aud", null)]
    [InlineData("aud", """["sluice","another"]""")]
    [InlineData("azp", "\"another\"")]
    [InlineData("azp", "5")]
    [InlineData("nonce", "\"of another sign-in\"")]
    [InlineData("nonce", null)]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "7")]
    [InlineData("sub", null)]
    [InlineData("exp", "\"tomorrow\"")]
    [InlineData("exp", null)]
    [InlineData("iat", null)]
    [InlineData("nbf", "\"soon\"")]
    public void A_claim_that_is_wrong_or_missing_is_refused(string name, string? value)
    {
        var claims = TokenMaker.Claims;
        if (value is null) claims.Remove(name);
        else claims[name] = JsonNode.Parse(value);

        Refused(_maker.Signed(claims));
    }

    [Theory]
    [InlineData("exp", -59, true)]
    [InlineData("exp", -60, false)]
    [InlineData("iat", 60, true)]
    [InlineData("iat", 61, false)]
    [InlineData("nbf", 60, true)]
    [InlineData("nbf", 61, false)]
    public void Clocks_may_be_a_minute_apart(string name, int seconds, bool isTaken)
    {
        var claims = TokenMaker.Claims;
        claims[name] = Now + seconds;

        if (isTaken) Check(_maker.Signed(claims));
        else Refused(_maker.Signed(claims));
    }

    [Fact]
    public void A_token_for_several_clients_counts_when_it_was_made_for_this_one()
    {
        var claims = TokenMaker.Claims;
        (claims["aud"], claims["azp"]) = (new JsonArray("another", TokenMaker.Client), TokenMaker.Client);

        Check(_maker.Signed(claims));
    }

    [Fact]
    public void A_token_without_a_signature_is_refused()
    {
        Refused(TokenMaker.Made(new JsonObject { ["alg"] = "none" }, TokenMaker.Claims, _ => []));
        Refused(TokenMaker.Made(new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa" }, TokenMaker.Claims, _ => []));
    }

    [Fact]
    public void The_public_key_as_a_secret_signs_nothing()
    {
        foreach (var secret in new[] { _maker.Rsa.ExportSubjectPublicKeyInfo(), _maker.Rsa.ExportParameters(false).Modulus!, System.Text.Encoding.ASCII.GetBytes(_maker.Rsa.ExportSubjectPublicKeyInfoPem()) })
            Refused(TokenMaker.Made(new JsonObject { ["alg"] = "HS256", ["kid"] = "rsa" }, TokenMaker.Claims, bytes => HMACSHA256.HashData(secret, bytes)));
    }

    [Fact]
    public void A_key_that_is_not_the_providers_signs_nothing_even_under_its_name()
    {
        using var other = new TokenMaker();

        Refused(other.Signed(TokenMaker.Claims));
        Refused(other.Signed(TokenMaker.Claims, kid: null));
    }

    [Fact]
    public void A_key_signs_under_its_own_name_and_algorithm_only()
    {
        Refused(_maker.Signed(TokenMaker.Claims, "RS256", "curve"));
        var keys = _maker.Set;
        keys["keys"]![0]!["alg"] = "PS256";

        Refused(_maker.Signed(TokenMaker.Claims), Keys(keys));
    }

    [Fact]
    public void A_changed_claim_breaks_the_signature()
    {
        var (good, forged) = (_maker.Signed(TokenMaker.Claims).Split('.'), TokenMaker.Claims);
        forged["sub"] = "somebody else";

        Refused($"{good[0]}.{_maker.Signed(forged).Split('.')[1]}.{good[2]}");
    }

    [Fact]
    public void A_token_with_a_condition_that_nobody_knows_is_refused() => Refused(TokenMaker.Made(
        new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa", ["crit"] = new JsonArray("b64") }, TokenMaker.Claims, bytes => _maker.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d.e")]
    [InlineData("!.!.!")]
    [InlineData("W10.W10.W10")]
    [InlineData("e30.e30.")]
    public void What_is_no_token_is_refused(string text) => Refused(text);

    [Fact]
    public void Keys_that_are_too_short_or_not_for_signing_are_left_out()
    {
        using var small = RSA.Create(1024);
        var other = TokenMaker.RsaKey(_maker.Rsa, "encrypts");
        other["use"] = "enc";
        var set = new JsonObject { ["keys"] = new JsonArray(TokenMaker.RsaKey(small, "small"), other, new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }, new JsonObject { ["kty"] = "RSA", ["n"] = "!", ["e"] = "AQAB" }, 5) };

        Assert.Empty(Keys(set));
    }

    private static IReadOnlyList<ProviderKey> Keys(JsonObject set) => ProviderKey.AllOf(System.Text.Json.JsonDocument.Parse(set.ToJsonString()).RootElement);

    private void Check(string text, IReadOnlyList<ProviderKey>? keys = null)
    {
        var token = IdToken.Parse(text);
        token.RequireSignature(keys ?? _maker.Keys);
        new IdTokenRules(TokenMaker.Issuer, TokenMaker.Client, TokenMaker.Nonce).Require(token.Claims, TokenMaker.Now);
    }

    private void Refused(string text, IReadOnlyList<ProviderKey>? keys = null) => Assert.Equal(403, Assert.Throws<OidcException>(() => Check(text, keys)).Status);
}
