using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Server.Oidc;

/// <summary>What one sign-in began with. The browser keeps it until it comes back, so that nobody can end in it what they began elsewhere.</summary>
/// <param name="ReturnTo">The console's page that it leads to.</param>
internal sealed record OidcState(string State, string Nonce, string Verifier, string ReturnTo)
{
    private const string Cookie = "sluice_sign_in";
    private const int Longest = 2_048;

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>What the provider is told of the verifier.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static OidcState Begin(string? returnTo) => new(Random(), Random(), Random(), OwnPath(returnTo));

    public void Keep(HttpContext context)
    {
        var options = Options(context);
        options.MaxAge = GoodFor;
        context.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this)), options);
    }

    /// <summary>It is good for one return.</summary>
    /// <returns>Null when this browser has begun nothing.</returns>
    public static OidcState? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } text) return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        try
        {
            var kept = JsonSerializer.Deserialize<OidcState>(Base64Url.DecodeFromChars(text));
            return kept is { State.Length: > 0, Nonce.Length: > 0, Verifier.Length: > 0 } ? kept with { ReturnTo = OwnPath(kept.ReturnTo) } : null;
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    public bool IsAnsweredBy(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(State), Encoding.UTF8.GetBytes(given));

    /// <summary>Browsers read <c>//host</c> and <c>/\host</c> as another server, and leave out tabs and line ends before they do.</summary>
    internal static string OwnPath(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= Longest && path.All(c => c is > ' ' and <= '~' and not '\\') ? path : "/";

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lax: the browser comes back from another site.</summary>
    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = OidcEndpoints.Path, IsEssential = true };
}
