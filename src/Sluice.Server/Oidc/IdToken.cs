using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Sluice.Server.Oidc;

/// <summary>A provider's signed statement about somebody, taken apart and not yet believed.</summary>
internal sealed class IdToken
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private IdToken(JsonElement header, JsonElement claims, byte[] signed, byte[] signature) => (Header, Claims, _signed, _signature) = (header, claims, signed, signature);

    public JsonElement Claims { get; }

    /// <summary>Names the key that it is signed with; null when it names none.</summary>
    public string? KeyId => Header.Text("kid");

    private JsonElement Header { get; }

    /// <exception cref="OidcException">It is no signed token.</exception>
    public static IdToken Parse(string text)
    {
        if (text.Split('.') is not [var header, var claims, var signature]) throw OidcException.Token("it is not a signed token.");
        try
        {
            return new IdToken(Json(header), Json(claims), Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature));
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            throw OidcException.Token("it cannot be read.");
        }
    }

    /// <exception cref="OidcException">None of these keys has signed it.</exception>
    public void RequireSignature(IEnumerable<ProviderKey> keys)
    {
        if (Header.TryGetProperty("crit", out _)) throw OidcException.Token("it wants something of its reader that Sluice does not know (crit).");
        if (Header.Text("alg") is not ("RS256" or "PS256" or "ES256")) throw OidcException.Token("it is not signed with RS256, PS256 or ES256.");
        if (!keys.Any(key => (KeyId is null || key.Id == KeyId) && key.Verifies(Header.Text("alg")!, _signed, _signature))) throw OidcException.Token("none of the provider's keys has signed it.");
    }

    private static JsonElement Json(string part)
    {
        using var parsed = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
        return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed.RootElement.Clone() : throw new FormatException();
    }
}
