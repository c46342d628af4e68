using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.GoogleCloudLogging;

/// <summary>A token, or what kept it from being had.</summary>
internal readonly record struct AccessToken(string? Text, DeliveryResult.TryLater? Problem);

/// <summary>Trades what the service account's key signs for a token, and keeps that until shortly before it expires.</summary>
internal sealed class AccessTokens : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly GoogleCloudLoggingSettings _settings;
    private readonly DestinationContext _its;
    private readonly HttpSender _http;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Kept? _kept;

    public AccessTokens(GoogleCloudLoggingSettings settings, DestinationContext its) =>
        (_settings, _its, _http) = (settings, its, new HttpSender(TokenClient.Of(settings), its));

    public async ValueTask<AccessToken> GetAsync(CancellationToken cancellation)
    {
        if (_kept is { } kept && _its.Time.GetUtcNow() < kept.Until) return new AccessToken(kept.Text, null);
        await _turn.WaitAsync(cancellation);
        try
        {
            return _kept is { } meanwhile && _its.Time.GetUtcNow() < meanwhile.Until ? new AccessToken(meanwhile.Text, null) : await FetchAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The provider does not take this token any more.</summary>
    public void Forget(string token)
    {
        if (_kept is { } kept && kept.Text == token) _kept = null;
    }

    public void Dispose()
    {
        _http.Dispose();
        _turn.Dispose();
    }

    private async ValueTask<AccessToken> FetchAsync(CancellationToken cancellation)
    {
        var now = _its.Time.GetUtcNow();
        var assertion = TokenRequest.Sign(_settings, now);
        var answer = await _http.PostAsync(body => body.Write(TokenRequest.Body(assertion)), "application/x-www-form-urlencoded", null, cancellation);
        answer = answer with { Text = answer.Text.Replace(assertion, Sluice.Secrets.Secret.Mask, StringComparison.Ordinal) };
        if (!answer.IsSuccess) return new AccessToken(null, Problem(answer));
        if (Read(answer.Text) is not var (token, lifetime)) return new AccessToken(null, new DeliveryResult.TryLater($"{_settings.TokenUri} gave no access token.", ErrorClass.Auth));
        // However short-lived it is, it serves for half of its life.
        _kept = new Kept(token, now + (lifetime > Margin * 2 ? lifetime - Margin : lifetime / 2));
        return new AccessToken(token, null);
    }

    /// <summary>Whatever is wrong with the key, it says nothing about events.</summary>
    private static DeliveryResult.TryLater Problem(HttpAnswer answer)
    {
        var usual = HttpOutcome.Of(answer) as DeliveryResult.TryLater;
        return usual ?? HttpOutcome.TryLater(answer, ErrorClass.Auth);
    }

    private static (string, TimeSpan)? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var token = document.RootElement.GetProperty("access_token").GetString();
            var seconds = document.RootElement.TryGetProperty("expires_in", out var given) && given.TryGetInt32(out var number) ? number : 0;
            return token is { Length: > 0 } && CustomHeader.IsValue(token) ? (token, TimeSpan.FromSeconds(seconds)) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private sealed record Kept(string Text, DateTimeOffset Until);

    /// <summary>The way to the token's server: the same certificates, and none of the headers meant for the log.</summary>
    private sealed record TokenClient : HttpClientSettings
    {
        private Endpoint? _target;

        internal override Endpoint Target => _target!;

        public static TokenClient Of(GoogleCloudLoggingSettings settings) => new()
        {
            _target = settings.TokenUri,
            CaCertificate = settings.CaCertificate,
            ClientCertificate = settings.ClientCertificate,
            ClientKey = settings.ClientKey,
        };
    }
}
