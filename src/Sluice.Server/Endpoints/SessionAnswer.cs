using System.Text.Json;
using Sluice.Events;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <param name="Oidc">Null when no provider is set up.</param>
internal sealed record SignInAnswer(bool Key, SignInAnswer.Provider? Oidc)
{
    /// <param name="Url">Where the browser goes to sign in there.</param>
    internal sealed record Provider(string Name, string Url);
}

/// <param name="ExpiresAt">Null for a call with a key, which is no session.</param>
/// <param name="CsrfToken">What calls in this session repeat when they may change something.</param>
internal sealed record SessionAnswer(string Id, string Kind, string Name, string Role, string? TenantId, IReadOnlyList<string> Permissions, string? ExpiresAt, string? CsrfToken)
{
    public static SessionAnswer Of(Caller caller, Session? session, string? text) => new(
        caller.SessionId ?? caller.Id, session?.Kind ?? Session.ByKey, caller.Viewer is null ? caller.Name : caller.Viewer.User ?? "", RoleNames.Of(caller.Role), caller.TenantId, PermissionsOf(caller),
        session is null ? null : Timestamp.Text(session.ExpiresAt), session is null or { Kind: Session.ByViewer } ? null : SessionText.CsrfToken(text!));

    private static List<string> PermissionsOf(Caller caller) => [.. Enum.GetValues<Permission>().Where(caller.May).Select(NameOf)];

    /// <summary>Such as <c>read_events</c>.</summary>
    public static string NameOf(Permission permission) => JsonNamingPolicy.SnakeCaseLower.ConvertName(permission.ToString());
}
