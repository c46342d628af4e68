using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sluice.Server.Configuration;

namespace Sluice.Server.Oidc;

/// <summary>The provider, as its documents describe it, and the calls to it.</summary>
internal sealed class OidcProvider : IDisposable
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    private readonly OidcProviderSettings _settings;
    private readonly TimeProvider _time;
    private readonly OidcHttp _http = new();
    private readonly ProviderKeys _keys;
    private volatile Read? _read;

    public OidcProvider(OidcProviderSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _keys = new ProviderKeys(async cancellation => ProviderKey.AllOf(await _http.GetAsync((await DocumentAsync(cancellation)).Keys, cancellation)), time);
    }

    /// <summary>Read anew each hour.</summary>
    public async Task<OidcDocument> DocumentAsync(CancellationToken cancellation)
    {
        if (_read is { } read && _time.GetElapsedTime(read.At) < GoodFor) return read.Document;
        var at = _time.GetTimestamp();
        var address = new Uri(_settings.Authority.OriginalString.TrimEnd('/') + "/.well-known/openid-configuration");
        var document = OidcDocument.Of(await _http.GetAsync(address, cancellation), _settings.Authority);
        _read = new Read(document, at);
        return document;
    }

    /// <summary>The ID token's claims, checked, with what the provider tells of the user elsewhere where the token itself does not.</summary>
    public async Task<IReadOnlyList<JsonElement>> ClaimsAsync(string code, OidcState state, string redirect, CancellationToken cancellation)
    {
        var document = await DocumentAsync(cancellation);
        var answer = await ExchangeAsync(document, code, state, redirect, cancellation);
        var token = IdToken.Parse(answer.Text("id_token") ?? throw OidcException.Provider("It sent no ID token."));
        token.RequireSignature(await _keys.WithAsync(token.KeyId, cancellation));
        new IdTokenRules(document.Issuer, _settings.ClientId, state.Nonce).Require(token.Claims, _time.GetUtcNow());
        if (IsComplete(token.Claims) || document.UserInfo is null || answer.Text("access_token") is not { } access) return [token.Claims];
        var more = await _http.GetAsync(document.UserInfo, cancellation, access);
        return more.Text("sub") == token.Claims.Text("sub") ? [token.Claims, more] : throw OidcException.Provider("It told of another user than the one who signed in.");
    }

    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
    }

    private bool IsComplete(JsonElement claims) => claims.Texts(_settings.GroupsClaim) is not null && claims.Text("email") is not null && claims.Text("name") is not null;

    private Task<JsonElement> ExchangeAsync(OidcDocument document, string code, OidcState state, string redirect, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["code_verifier"] = state.Verifier };
        if (_settings.ClientSecret?.Reveal() is { } secret && document.TokenAuthentication.Contains("client_secret_basic")) return _http.PostAsync(document.Token, form, Basic(secret), cancellation);
        form["client_id"] = _settings.ClientId;
        if (_settings.ClientSecret is not null) form["client_secret"] = _settings.ClientSecret.Reveal();
        return _http.PostAsync(document.Token, form, null, cancellation);
    }

    private AuthenticationHeaderValue Basic(string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(_settings.ClientId)}:{Uri.EscapeDataString(secret)}")));

    private sealed record Read(OidcDocument Document, long At);
}
