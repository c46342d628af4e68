using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Server.Oidc;

namespace Sluice.Tests.Server.Oidc;

/// <summary>A provider's keys, and tokens that it, or somebody else, makes.</summary>
internal sealed class TokenMaker : IDisposable
{
    public const string Issuer = "https://login.example.com", Client = "sluice", Nonce = "the-nonce";

    public static readonly DateTimeOffset Now = new(2026, 3, 15, 8, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RSA Rsa { get; } = RSA.Create(2048);

    public JsonObject Set => new() { ["keys"] = new JsonArray(RsaKey(Rsa, "rsa"), CurveKey()) };

    public IReadOnlyList<ProviderKey> Keys => ProviderKey.AllOf(JsonDocument.Parse(Set.ToJsonString()).RootElement);

    public static JsonObject Claims => new()
    {
        ["iss"] = Issuer, ["aud"] = Client, ["sub"] = "u1", ["nonce"] = Nonce, ["iat"] = Now.ToUnixTimeSeconds() - 5, ["exp"] = Now.ToUnixTimeSeconds() + 300,
    };

    public string Signed(JsonObject claims, string algorithm = "RS256", string? kid = "rsa") =>
        Made(new JsonObject { ["alg"] = algorithm, ["kid"] = kid }, claims, bytes => Signature(algorithm, bytes));

    public static string Made(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encoded(header)}.{Encoded(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static JsonObject RsaKey(RSA rsa, string kid)
    {
        var key = rsa.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = kid, ["use"] = "sig", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
    }

    public void Dispose()
    {
        Rsa.Dispose();
        _curve.Dispose();
    }

    private byte[] Signature(string algorithm, byte[] bytes) => algorithm switch
    {
        "ES256" => _curve.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        "PS256" => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private JsonObject CurveKey()
    {
        var key = _curve.ExportParameters(false);
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "curve", ["x"] = Base64Url.EncodeToString(key.Q.X), ["y"] = Base64Url.EncodeToString(key.Q.Y) };
    }

    private static string Encoded(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
