using Sluice.Events;
using Sluice.Server.Configuration;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Members that keys, machine accounts and tenants have in common, read and checked.</summary>
internal static class AccessMembers
{
    public static Role? Role(this JsonMembers members) => members.Text("role") is not { } text ? null
        : RoleNames.TryParse(text) ?? throw JsonMembers.Wrong("invalid_value", "role", $"must be one of {string.Join(", ", RoleNames.All)}");

    /// <summary>The tenant for which the caller makes something: its own unless it is the instance's.</summary>
    public static string? TenantFor(this JsonMembers members, Caller caller)
    {
        var given = members.Text("tenant_id");
        if (given is not null && !AccessKeyRules.IsTenant(given)) throw JsonMembers.Wrong("invalid_string", "tenant_id", "must have 1 to 128 characters, none of them control characters");
        if (caller.IsInstance) return given;
        if (given is not null && given != caller.TenantId)
            throw new ApiProblem(403, "forbidden_tenant", "A tenant's key makes keys and machine accounts of its own tenant only.") { Field = "tenant_id" };
        return caller.TenantId;
    }

    /// <returns>Null when the member is absent; null that is said, and an empty list, mean everywhere.</returns>
    public static AddressList? Networks(this JsonMembers members)
    {
        const string name = "allowed_networks";
        if (!members.Has(name)) return null;
        var texts = members.Texts(name) ?? [];
        if (texts.Count > AddressList.Most) throw JsonMembers.Wrong("invalid_value", name, $"has at most {AddressList.Most} entries");
        return AddressList.TryParse(texts, out var list, out var wrong)
            ? list
            : throw JsonMembers.Wrong("invalid_value", name, $"has '{wrong}', which is neither an address nor a CIDR block such as 10.0.0.0/8 or fd00::/8");
    }

    public static long? Expiry(this JsonMembers members, long now)
    {
        if (members.Text("expires_at") is not { } text) return null;
        if (!Timestamp.TryParse(text, out var at)) throw JsonMembers.Wrong("invalid_time", "expires_at", "must be an RFC 3339 time, such as 2027-01-31T00:00:00Z");
        return at > now ? at : throw JsonMembers.Wrong("invalid_time", "expires_at", "lies in the past");
    }

    /// <param name="standard">What an absent member means.</param>
    public static TimeSpan Duration(this JsonMembers members, string name, TimeSpan standard, TimeSpan most)
    {
        if (members.Text(name) is not { } text) return standard;
        return DurationText.TryParse(text, out var duration) && duration >= TimeSpan.Zero && duration <= most
            ? duration
            : throw JsonMembers.Wrong("invalid_value", name, $"must be a duration of at most {DurationText.Of(most)}, such as 24h");
    }

    public static ApiProblem Wrong(AccessKeyFault fault) => JsonMembers.Wrong(fault.Code, fault.Field, fault.What);
}
