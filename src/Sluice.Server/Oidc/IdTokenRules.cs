using System.Text.Json;

namespace Sluice.Server.Oidc;

/// <summary>What a token must say to be about this sign-in: OpenID Connect Core, 3.1.3.7.</summary>
internal sealed record IdTokenRules(string Issuer, string ClientId, string Nonce)
{
    private const int LongestSubject = 255;

    /// <summary>So far clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <exception cref="OidcException">It says something else.</exception>
    public void Require(JsonElement claims, DateTimeOffset now)
    {
        Require(claims.Text("iss") == Issuer, $"it comes from another issuer, {claims.Text("iss")}.");
        RequireAudience(claims);
        Require(claims.Text("nonce") == Nonce, "it is not the answer to this sign-in (nonce).");
        Require(claims.Text("sub") is { Length: <= LongestSubject } subject && !subject.Any(char.IsControl), "it does not say who it is about (sub).");
        RequireTime(claims, now.ToUnixTimeSeconds(), (long)Skew.TotalSeconds);
    }

    private void RequireAudience(JsonElement claims)
    {
        var audience = claims.Texts("aud") ?? [];
        Require(audience.Contains(ClientId), "it is meant for another client (aud).");
        Require(audience.Count == 1 || claims.Text("azp") is not null, "it is meant for several clients and does not say for whom it was made (azp).");
        Require(!claims.TryGetProperty("azp", out _) || claims.Text("azp") == ClientId, "it was made for another client (azp).");
    }

    private static void RequireTime(JsonElement claims, long now, long skew)
    {
        Require(claims.Seconds("exp") is { } end && end + skew > now, "it has expired.");
        Require(claims.Seconds("iat") is { } made && made - skew <= now, "it was made in the future: the clocks of Sluice and the provider are apart.");
        Require(!claims.TryGetProperty("nbf", out _) || claims.Seconds("nbf") is { } start && start - skew <= now, "it is not valid yet.");
    }

    private static void Require(bool isMet, string otherwise)
    {
        if (!isMet) throw OidcException.Token(otherwise);
    }
}
