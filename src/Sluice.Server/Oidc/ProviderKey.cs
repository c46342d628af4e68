using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sluice.Server.Oidc;

/// <summary>One of the public keys with which a provider signs.</summary>
/// <param name="Id">Null when the provider names none.</param>
/// <param name="Algorithm">The only one it is for; null when the provider does not say.</param>
internal sealed record ProviderKey(string? Id, string? Algorithm)
{
    private const int LeastRsaBits = 2048;

    private RSAParameters? Rsa { get; init; }

    private ECParameters? Curve { get; init; }

    /// <summary>Keys for other purposes, and of kinds that are not known here, are left out.</summary>
    public static IReadOnlyList<ProviderKey> AllOf(JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array) throw OidcException.Provider("Its key set has no list of keys.");
        return [.. keys.EnumerateArray().Select(TryRead).OfType<ProviderKey>()];
    }

    /// <param name="algorithm">As the token's header has it; a key never does another kind's.</param>
    public bool Verifies(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (Algorithm is not null && Algorithm != algorithm) return false;
        return algorithm switch
        {
            "RS256" when Rsa is { } key => VerifiesRsa(key, RSASignaturePadding.Pkcs1, signed, signature),
            "PS256" when Rsa is { } key => VerifiesRsa(key, RSASignaturePadding.Pss, signed, signature),
            "ES256" when Curve is { } key => VerifiesCurve(key, signed, signature),
            _ => false,
        };
    }

    private static bool VerifiesRsa(RSAParameters key, RSASignaturePadding padding, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create(key);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, padding);
    }

    private static bool VerifiesCurve(ECParameters key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var curve = ECDsa.Create(key);
        return curve.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ProviderKey? TryRead(JsonElement key)
    {
        if (key.Text("use") is { } use && use != "sig") return null;
        var read = new ProviderKey(key.Text("kid"), key.Text("alg"));
        try
        {
            return key.Text("kty") switch
            {
                "RSA" => Checked(read with { Rsa = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") } }),
                "EC" when key.Text("crv") == "P-256" => Checked(read with { Curve = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } } }),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <exception cref="CryptographicException">It is no key.</exception>
    private static ProviderKey? Checked(ProviderKey key)
    {
        using AsymmetricAlgorithm made = key.Rsa is { } rsa ? RSA.Create(rsa) : ECDsa.Create(key.Curve!.Value);
        return key.Rsa is null || made.KeySize >= LeastRsaBits ? key : null;
    }

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.Text(name));
}
