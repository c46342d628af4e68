using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.SelfAudit;
using Sluice.Server.Configuration;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.Oidc;

/// <summary>The two halves of a sign-in: the way to the provider, and what the browser brings back.</summary>
internal sealed class OidcSignIn(OidcSettings settings, Sessions sessions, TimeProvider time) : IDisposable
{
    private const int LongestName = 256;

    private readonly OidcProvider? _provider = settings.Provider is { } one ? new OidcProvider(one, time) : null;

    private OidcProviderSettings Settings => settings.Provider ?? throw ApiProblem.NotFound("provider to sign in at; the setting Oidc:Authority names one");

    /// <returns>Where the browser goes.</returns>
    public async Task<string> BeginAsync(HttpContext context, string? returnTo, bool asSomebodyElse)
    {
        var (its, state) = (Settings, OidcState.Begin(returnTo));
        var document = await _provider!.DocumentAsync(context.RequestAborted);
        state.Keep(context);
        var asked = new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = its.ClientId, ["redirect_uri"] = RedirectOf(context), ["scope"] = its.Scopes,
            ["state"] = state.State, ["nonce"] = state.Nonce, ["code_challenge"] = state.Challenge, ["code_challenge_method"] = "S256",
        };
        if (asSomebodyElse) asked["prompt"] = "login";
        return QueryHelpers.AddQueryString(document.Authorization.AbsoluteUri, asked);
    }

    /// <exception cref="OidcException">Nobody is signed in.</exception>
    public async Task<(StartedSession Started, string ReturnTo)> CompleteAsync(HttpContext context)
    {
        var (its, query) = (Settings, context.Request.Query);
        var state = OidcState.Take(context) ?? throw OidcException.Unfitting("This browser has begun no sign-in in the last ten minutes, or does not keep cookies.");
        if (!state.IsAnsweredBy(query["state"])) throw OidcException.Unfitting("This is the answer to another sign-in than the one that was begun last.");
        var document = await _provider!.DocumentAsync(context.RequestAborted);
        if (query["iss"] is [{ } issuer] && issuer != document.Issuer) throw OidcException.Unfitting("The answer comes from another provider.");
        if (query["error"] is [{ } error]) throw OidcException.Unfitting($"{its.Name} says: {error}{(query["error_description"] is [{ } said] ? $", {said}" : "")}.");
        if (query["code"] is not [{ Length: > 0 } code]) throw OidcException.Unfitting("The answer carries no code.");
        var claims = await _provider.ClaimsAsync(code, state, RedirectOf(context), context.RequestAborted);
        return (await StartAsync(context, its, document, claims), state.ReturnTo);
    }

    public void Dispose() => _provider?.Dispose();

    private async Task<StartedSession> StartAsync(HttpContext context, OidcProviderSettings its, OidcDocument document, IReadOnlyList<JsonElement> claims)
    {
        var (user, groups) = (UserOf(document, claims), claims.Select(one => one.Texts(its.GroupsClaim)).FirstOrDefault(found => found is not null) ?? []);
        if (its.RoleOf(groups) is not { } role)
        {
            context.Audited()?.Stranger = OwnActor.Of(user);
            throw new NoRoleException(user, groups);
        }

        var caller = new Caller(user.Subject, user.Name, role.Role, role.TenantId) { User = user };
        var started = await sessions.StartAsync(caller, CallOrigin.Of(context, caller), context.RequestAborted);
        context.Audited()?.Shown = started.Caller;
        return started;
    }

    private static SignedInUser UserOf(OidcDocument document, IReadOnlyList<JsonElement> claims)
    {
        var (subject, email) = (First(claims, "sub")!, First(claims, "email"));
        return new SignedInUser(document.Issuer, subject, First(claims, "name") ?? First(claims, "preferred_username") ?? email ?? subject, email);
    }

    private static string? First(IReadOnlyList<JsonElement> claims, string name) =>
        claims.Select(one => one.Text(name)).FirstOrDefault(text => text is not null) is { } found ? Excerpt.Text(found, LongestName) : null;

    private static string RedirectOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}{OidcEndpoints.Callback}";
}

/// <summary>The provider knows them, and none of their groups has a role here.</summary>
internal sealed class NoRoleException(SignedInUser user, IReadOnlyList<string> groups) : Exception("None of the user's groups has a role here.")
{
    public SignedInUser User { get; } = user;

    public IReadOnlyList<string> Groups { get; } = groups;
}
