using System.Text.Json;
using Sluice.Server.Configuration;

namespace Sluice.Server.Oidc;

/// <summary>What a provider says of itself at <c>/.well-known/openid-configuration</c>.</summary>
internal sealed record OidcDocument(string Issuer, Uri Authorization, Uri Token, Uri Keys, Uri? UserInfo, IReadOnlyList<string> TokenAuthentication)
{
    /// <exception cref="OidcException">It is not this authority's, or lacks something.</exception>
    public static OidcDocument Of(JsonElement document, Uri authority)
    {
        var issuer = document.Text("issuer");
        if (issuer is null || issuer.TrimEnd('/') != authority.OriginalString.TrimEnd('/')) throw OidcException.Provider($"It calls itself {issuer ?? "nothing"}. Set Oidc:Authority to what its discovery document has as issuer.");
        return new OidcDocument(
            issuer, Address(document, "authorization_endpoint"), Address(document, "token_endpoint"), Address(document, "jwks_uri"),
            document.Text("userinfo_endpoint") is null ? null : Address(document, "userinfo_endpoint"), document.Texts("token_endpoint_auth_methods_supported") ?? ["client_secret_basic"]);
    }

    private static Uri Address(JsonElement document, string name) => Uri.TryCreate(document.Text(name), UriKind.Absolute, out var address) && OidcSettings.IsSafe(address)
        ? address
        : throw OidcException.Provider($"Its discovery document has no https:// address as {name}.");
}
