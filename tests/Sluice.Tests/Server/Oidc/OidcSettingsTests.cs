using Microsoft.Extensions.Configuration;
using Sluice.Server.Configuration;
using Sluice.Server.Oidc;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Oidc;

public sealed class OidcSettingsTests
{
    [Fact]
    public void The_first_group_in_the_list_wins()
    {
        var its = From(("Oidc:Roles", "audit admins=admin, cn=readers=reader@acme,everybody=auditor")).Provider!;

        Assert.Equal((Role.Admin, null), Of(its.RoleOf(["everybody", "audit admins"])));
        Assert.Equal((Role.Reader, "acme"), Of(its.RoleOf(["everybody", "cn=readers"])));
        Assert.Equal((Role.Auditor, null), Of(its.RoleOf(["other", "everybody"])));
        Assert.Null(its.RoleOf(["Everybody"]));
        Assert.Null(its.RoleOf([]));
    }

    [Fact]
    public void Names_and_scopes_have_defaults()
    {
        var its = From().Provider!;

        Assert.Equal(("login.example.com", "openid profile email groups", "groups", null), (its.Name, its.Scopes, its.GroupsClaim, its.ClientSecret));
        Assert.Equal("openid roles", From(("Oidc:Scopes", "roles")).Provider!.Scopes);
        Assert.Null(SluiceSettings.From(new ConfigurationBuilder().Build()).Oidc.Provider);
    }

    [Theory]
    [InlineData("Oidc:Authority", "http://login.example.com", "https://")]
    [InlineData("Oidc:Authority", "login.example.com", "https://")]
    [InlineData("Oidc:Authority", "https://login.example.com/?realm=a", "https://")]
    [InlineData("Oidc:Authority", "", "Give the provider's address")]
    [InlineData("Oidc:ClientId", "", "Give the id")]
    [InlineData("Oidc:Roles", "", "which group has which role")]
    [InlineData("Oidc:Roles", "admins", "group=role")]
    [InlineData("Oidc:Roles", "admins=king", "group=role")]
    [InlineData("Oidc:Roles", "=admin", "group=role")]
    [InlineData("Oidc:Roles", "admins=admin@", "group=role")]
    [InlineData("Oidc:Roles", "admins=admin@_sluice", "group=role")]
    public void What_cannot_be_used_is_said(string name, string value, string fix) =>
        Assert.Contains(fix, Assert.Throws<SettingException>(() => From((name, value))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("http://[::1]:9000/realm")]
    [InlineData("http://localhost:9000")]
    public void A_provider_on_this_machine_needs_no_tls(string authority) => Assert.NotNull(From(("Oidc:Authority", authority)).Provider);

    [Theory]
    [InlineData("/events?filter=action%20EQ%20%22a%22", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example.com", false)]
    [InlineData("/\\evil.example.com", false)]
    [InlineData("/\t/evil.example.com", false)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_sign_in_leads_to_own_pages_only(string? path, bool isOwn) => Assert.Equal(isOwn ? path : "/", OidcState.OwnPath(path));

    private static (Role, string?) Of(OidcRole? role) => (role!.Role, role.TenantId);

    private static OidcSettings From(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Sluice:Oidc:Authority"] = "https://login.example.com", ["Sluice:Oidc:ClientId"] = "sluice", ["Sluice:Oidc:Roles"] = "admins=admin" };
        foreach (var (name, value) in settings) all[$"Sluice:{name}"] = value;
        return SluiceSettings.From(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).Oidc;
    }
}
