using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Secrets;
using Sluice.Streams;

namespace Sluice.Destinations.Google;

/// <summary>Either an access token or why there is none.</summary>
internal readonly record struct TokenResult(string? Token, DeliveryResult.TryLater? Outage);

/// <summary>Access tokens of a service account: asked for when one is needed, kept until five minutes before it ends. Calls may overlap.</summary>
internal sealed class GoogleToken(ServiceAccountKey key, string scope, HttpConnections http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (string Token, DateTimeOffset Ends)? _kept;

    public async ValueTask<TokenResult> GetAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_kept is { } kept && kept.Ends > time.GetUtcNow()) return new TokenResult(kept.Token, null);
            return await AskAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The token was refused: the next call asks for another one.</summary>
    public void Forget(string token)
    {
        if (_kept is { } kept && kept.Token == token) _kept = null;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>What is signed and exchanged for a token: RFC 7523.</summary>
    internal static string Assertion(ServiceAccountKey key, string scope, DateTimeOffset now)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = key.PrivateKeyId };
        if (key.PrivateKeyId is null) header.Remove("kid");
        var claims = new JsonObject
        {
            ["iss"] = key.ClientEmail,
            ["scope"] = scope,
            ["aud"] = key.TokenUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
        };
        var signed = $"{Base64(header)}.{Base64(claims)}";
        using var rsa = key.OpenKey();
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Base64(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private async ValueTask<TokenResult> AskAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var assertion = Assertion(key, scope, now);
        using var request = new HttpRequestMessage(HttpMethod.Post, key.TokenUri)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", assertion)]),
        };
        var answer = await http.SendAsync(request, cancellation);
        answer = answer with { Text = answer.Text.Replace(assertion, Secret.Mask, StringComparison.Ordinal) };
        if (!answer.IsSuccess) return new TokenResult(null, Outage(answer));
        if (Read(answer.Text) is not { } given) return new TokenResult(null, Outage(answer with { Text = "no access_token" }));
        _kept = (given.Token, now + Served(TimeSpan.FromSeconds(given.Seconds)));
        return new TokenResult(given.Token, null);
    }

    /// <summary>However short-lived it is, it serves for half of its life.</summary>
    private static TimeSpan Served(TimeSpan life) => life > Early * 2 ? life - Early : life / 2;

    /// <summary>It says 400 when it does not like the key.</summary>
    private static DeliveryResult.TryLater Outage(HttpAnswer answer)
    {
        var outcome = HttpOutcome.Of(answer) as DeliveryResult.TryLater ?? HttpOutcome.TryLater(answer, answer.IsSuccess ? ErrorClass.Server : ErrorClass.Auth);
        return (DeliveryResult.TryLater)HttpOutcome.With(answer with { SentBytes = 0 }, outcome with { Reason = $"No access token. {HttpOutcome.Describe(answer)}" });
    }

    private static (string Token, long Seconds)? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("access_token", out var token)) return null;
            if (token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } value || !CustomHeader.IsValue(value)) return null;
            return (value, root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var given) ? given : (long)Life.TotalSeconds);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
