using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Emulators;

/// <summary>Google's token server: gives tokens to whoever signs with the service account's key.</summary>
/// <param name="key">Knows the account's public key.</param>
public sealed class GoogleTokens(RSA key, string clientEmail, Func<DateTimeOffset> now)
{
    public const string Path = "/token";

    private readonly Dictionary<string, DateTimeOffset> _given = [];

    /// <summary>How long a token serves.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public int Given { get; private set; }

    public bool Knows(string? authorization) =>
        authorization is { } text && text.StartsWith("Bearer ", StringComparison.Ordinal) && _given.TryGetValue(text[7..], out var until) && now() < until;

    /// <summary>Every token is void from now on.</summary>
    public void Withdraw() => _given.Clear();

    public Reply Answer(ReceivedRequest request)
    {
        var form = Encoding.ASCII.GetString(request.Body).Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        if (request.Method != "POST" || request.Headers["Content-Type"] != "application/x-www-form-urlencoded") return Refuse("invalid_request");
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer") return Refuse("unsupported_grant_type");
        if (!IsGood(form["assertion"], request.Headers["Host"])) return Refuse("invalid_grant");
        var token = $"ya29.{++Given}-of-the-emulator";
        _given[token] = now() + Lifetime;
        return new Reply(200, JsonSerializer.Serialize(new { access_token = token, expires_in = (int)Lifetime.TotalSeconds, token_type = "Bearer" }));
    }

    private bool IsGood(string assertion, string host)
    {
        var parts = assertion.Split('.');
        var content = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        if (header.GetProperty("alg").GetString() != "RS256" || !key.VerifyData(content, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return false;
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        var (issued, expires, time) = (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64(), now().ToUnixTimeSeconds());
        return claims.GetProperty("iss").GetString() == clientEmail
            && claims.GetProperty("aud").GetString() == $"http://{host}{Path}"
            && claims.GetProperty("scope").GetString() == "https://www.googleapis.com/auth/logging.write"
            && Math.Abs(issued - time) < 300 && expires > time && expires - issued <= 3_600;
    }

    private static Reply Refuse(string error) => new(400, JsonSerializer.Serialize(new { error, error_description = "Invalid JWT Signature." }));
}
