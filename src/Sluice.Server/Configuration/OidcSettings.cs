using System.Net;
using Sluice.Tenants;

namespace Sluice.Server.Configuration;

/// <summary>Signing in to the console through a provider of OpenID Connect.</summary>
/// <param name="Provider">Null when none is set up.</param>
internal sealed record OidcSettings(OidcProviderSettings? Provider)
{
    internal static OidcSettings From(SettingsReader reader)
    {
        var (authority, client, secret) = (reader.Text("Oidc:Authority"), reader.Text("Oidc:ClientId"), reader.Text("Oidc:ClientSecret"));
        var (name, scopes, groups, roles) = (reader.Text("Oidc:Name"), reader.Text("Oidc:Scopes"), reader.Text("Oidc:GroupsClaim"), reader.Texts("Oidc:Roles"));
        if (authority is null) return client is null && roles.Count == 0 ? new OidcSettings((OidcProviderSettings?)null) : throw reader.Wrong("Oidc:Authority", "Give the provider's address, for example https://login.example.com.");
        if (client is null) throw reader.Wrong("Oidc:ClientId", "Give the id under which the provider knows Sluice.");
        if (roles.Count == 0) throw reader.Wrong("Oidc:Roles", "Say which group has which role, for example audit-admins=admin; otherwise nobody could sign in.");
        var address = AddressOf(authority) ?? throw reader.Wrong("Oidc:Authority", "Use an https:// address without a query; http:// for this machine only.");
        return new OidcSettings(new OidcProviderSettings(address, client, [.. roles.Select(text => OidcRole.TryParse(text) ?? throw new SettingException("Sluice:Oidc:Roles", text, OidcRole.Form))])
        {
            ClientSecret = secret is null ? null : new SecretText(secret),
            Name = name ?? address.Host,
            Scopes = WithOpenId(scopes ?? OidcProviderSettings.UsualScopes),
            GroupsClaim = groups ?? "groups",
        });
    }

    /// <returns>Null unless requests to it are safe from others on the way.</returns>
    internal static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && IsSafe(address) && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0 ? address : null;

    internal static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsHere(address));

    private static bool IsHere(Uri address) => address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static string WithOpenId(string scopes) => string.Join(' ', scopes.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Prepend("openid").Distinct());
}

/// <param name="Authority">Its <c>/.well-known/openid-configuration</c> says the rest.</param>
/// <param name="Roles">The first whose group somebody is in says what they may.</param>
internal sealed record OidcProviderSettings(Uri Authority, string ClientId, IReadOnlyList<OidcRole> Roles)
{
    public const string UsualScopes = "openid profile email groups";

    /// <summary>Null for a public client.</summary>
    public SecretText? ClientSecret { get; init; }

    /// <summary>What the button says. Default the authority's host.</summary>
    public string Name { get; init; } = Authority.Host;

    /// <summary>Separated by spaces.</summary>
    public string Scopes { get; init; } = UsualScopes;

    /// <summary>The claim that lists somebody's groups. Default <c>groups</c>.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <returns>Null for somebody without a role here.</returns>
    public OidcRole? RoleOf(IReadOnlyCollection<string> groups) => Roles.FirstOrDefault(role => groups.Contains(role.Group));
}

/// <param name="TenantId">Null: for the whole instance.</param>
internal sealed record OidcRole(string Group, Role Role, string? TenantId)
{
    public const string Form = "Use group=role, or group=role@tenant, with a role out of admin, operator, auditor, writer and reader.";

    /// <summary>A group's name may hold the signs that stand between.</summary>
    public static OidcRole? TryParse(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals <= 0) return null;
        var (group, rest) = (text[..equals].Trim(), text[(equals + 1)..]);
        var (role, tenant) = rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? (rest[..at].Trim(), rest[(at + 1)..].Trim()) : (rest.Trim(), null);
        if (group.Length == 0 || RoleNames.TryParse(role) is not { } parsed || tenant is not null && !AccessKeyRules.IsTenant(tenant)) return null;
        return tenant == TenantNames.Sluice && parsed != Role.Reader ? null : new OidcRole(group, parsed, tenant);
    }
}
