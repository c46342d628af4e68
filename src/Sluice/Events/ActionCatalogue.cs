using System.Collections.Frozen;

namespace Sluice.Events;

/// <summary>Which category an action belongs to when its sender did not say. Unknown actions are kept as <see cref="Uncatalogued"/>.</summary>
public static class ActionCatalogue
{
    public const string Uncatalogued = "uncatalogued";

    /// <summary>Every action that has a category of its own, by category.</summary>
    public static IReadOnlyDictionary<string, string[]> ByCategory { get; } = new Dictionary<string, string[]>
    {
        ["authentication"] = ["user.login", "user.login_failed", "user.logout", "sso.assertion", "session.expire", "session.create", "user.mfa.verify", "user.password.change", "user.password.reset"],
        ["machine_account"] = ["api_key.create", "api_key.revoke", "api_key.rotate", "api_key.use", "api.authenticate", "machine_account.create", "machine_account.delete", "machine.token.exchange", "token.exchange", "ip_allow_list.enforce"],
        ["certificate_lifecycle"] = ["certificate.issue", "certificate.renew", "certificate.revoke", "certificate.expire", "certificate.download"],
        ["pki_operations"] = ["ca.create", "ca.revoke", "ca.update", "policy.change", "policy.create", "policy.delete", "policy.update", "key.create", "key.destroy", "key.rotate"],
        ["certificate_discovery"] = ["scan.run", "scan.complete", "certificate.discover", "inventory.change"],
        ["deployment"] = ["certificate.install", "bridge.job.dispatch", "bridge.job.complete", "bridge.job.fail"],
        ["administration"] = ["user.create", "user.deactivate", "user.update", "user.delete", "role.assign", "role.unassign", "role.create", "group.add_member", "group.remove_member", "group.create", "account.configure", "tenant.member.add", "tenant.member.remove"],
        ["security"] = ["permission.deny", "ip_allow_list.violate", "access.anomaly"],
    };

    private static readonly FrozenDictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The category's name in UTF-8; it needs no escapes.</summary>
    public static ReadOnlySpan<byte> CategoryOf(ReadOnlySpan<byte> action)
    {
        if (action.Length > EventLimits.ActionBytes) return "uncatalogued"u8;
        Span<char> text = stackalloc char[action.Length];
        if (!System.Text.Encoding.UTF8.TryGetChars(action, text, out var length)) return "uncatalogued"u8;
        return Lookup.TryGetValue(text[..length], out var category) ? category : "uncatalogued"u8;
    }

    private static FrozenDictionary<string, byte[]> Build() => ByCategory
        .SelectMany(category => category.Value, (category, action) => (Action: action, Category: System.Text.Encoding.UTF8.GetBytes(category.Key)))
        .ToFrozenDictionary(pair => pair.Action, pair => pair.Category);
}
