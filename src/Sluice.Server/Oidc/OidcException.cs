namespace Sluice.Server.Oidc;

/// <summary>Why somebody could not be signed in.</summary>
/// <param name="status">What the call is answered.</param>
internal sealed class OidcException(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The provider cannot be reached, or does not do as it should.</summary>
    public static OidcException Provider(string detail) => new(502, "provider_failed", detail);

    /// <summary>What came back is not what was begun here.</summary>
    public static OidcException Unfitting(string detail) => new(400, "sign_in_failed", detail);

    /// <summary>The token does not prove what it says.</summary>
    public static OidcException Token(string detail) => new(403, "id_token_refused", $"The provider's ID token was refused: {detail}");
}
