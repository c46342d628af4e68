using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Sluice.Emulators;

/// <summary>Google's token endpoint for one service account: it checks the signed assertion, and its tokens end.</summary>
/// <param name="now">Null: times are not checked.</param>
public sealed class GoogleTokens(string clientEmail, RSA publicKey, string scope, Func<DateTimeOffset>? now = null)
{
    public const string Path = "/token";

    private readonly Dictionary<string, DateTimeOffset> _tokens = [];

    /// <summary>How long a token serves.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many were given.</summary>
    public int Given { get; private set; }

    private DateTimeOffset Now => now?.Invoke() ?? DateTimeOffset.MinValue;

    public Reply Answer(ReceivedRequest request)
    {
        var form = new FormReader(Encoding.UTF8.GetString(request.Body)).ReadForm();
        if (request.Method != "POST" || request.Headers["Content-Type"] != "application/x-www-form-urlencoded") return Error("invalid_request");
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer") return Error("unsupported_grant_type");
        if (Refusal(form["assertion"].ToString(), $"{request.Headers["Host"]}{request.Path}") is { } why) return Error(why);
        var token = $"ya29.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        _tokens[token] = Now;
        Given++;
        return new Reply(200, $$"""{"access_token":"{{token}}","expires_in":{{(int)Lifetime.TotalSeconds}},"token_type":"Bearer"}""");
    }

    public bool Takes(ReceivedRequest request) =>
        request.Headers.GetValueOrDefault("Authorization", "") is var given && given.StartsWith("Bearer ", StringComparison.Ordinal)
        && _tokens.TryGetValue(given[7..], out var since) && Now - since < Lifetime;

    public void RevokeAll() => _tokens.Clear();

    /// <param name="place">Host and path of the audience.</param>
    private string? Refusal(string assertion, string place)
    {
        if (assertion.Split('.') is not [var header, var claims, var signature]) return "invalid_request";
        if (!publicKey.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return "invalid_grant";
        if (JsonElement.Parse(Base64Url.DecodeFromChars(header)).GetProperty("alg").GetString() != "RS256") return "invalid_grant";
        var said = JsonElement.Parse(Base64Url.DecodeFromChars(claims));
        if (said.GetProperty("iss").GetString() != clientEmail || said.GetProperty("aud").GetString() is not { } audience || audience.Split("://")[^1] != place) return "invalid_grant";
        if (said.GetProperty("scope").GetString() != scope) return "invalid_scope";
        var (from, to) = (said.GetProperty("iat").GetInt64(), said.GetProperty("exp").GetInt64());
        if (to - from > 3_600) return "invalid_grant";
        return now is not null && (Now.ToUnixTimeSeconds() < from - 300 || Now.ToUnixTimeSeconds() >= to) ? "invalid_grant" : null;
    }

    private static Reply Error(string code) => new(400, $$"""{"error":"{{code}}","error_description":"Invalid JWT Signature."}""");
}
