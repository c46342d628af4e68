using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>What a caller says of a tenant. Members left out stay; null clears.</summary>
/// <param name="Over">Puts it over what was said before.</param>
internal sealed record TenantChange(Func<Tenant, Tenant> Over)
{
    public static TenantChange Read(JsonMembers members)
    {
        var changes = new List<Func<Tenant, Tenant>>();
        ReadPlace(members, changes);
        if (members.Has("test") && members.Flag("test") is var test) changes.Add(tenant => tenant with { IsTest = test ?? false });
        if (members.Has("entitlements")) changes.Add(Entitlements(members.Object("entitlements")));
        if (members.Has("rate_limit")) changes.Add(Limits(members.Object("rate_limit")));
        members.RefuseUnknown();
        return new TenantChange(tenant => changes.Aggregate(tenant, (its, change) => change(its)));
    }

    private static void ReadPlace(JsonMembers members, List<Func<Tenant, Tenant>> changes)
    {
        if (members.Has("name") && members.Text("name") is var name)
        {
            if (name is not null && AccessKeyRules.BrokenName(name) is { } fault) throw AccessMembers.Wrong(fault);
            changes.Add(tenant => tenant with { Name = name });
        }

        if (members.Has("parent") && members.Text("parent") is var parent)
        {
            if (parent is not null && !AccessKeyRules.IsTenant(parent)) throw JsonMembers.Wrong("invalid_string", "parent", "must be a tenant's id: 1 to 128 characters, none of them control characters");
            changes.Add(tenant => tenant with { Parent = parent });
        }
    }

    private static Func<Tenant, Tenant> Entitlements(JsonMembers? given)
    {
        var (streaming, exports) = (given?.Flag("streaming"), given?.Flag("exports"));
        given?.RefuseUnknown();
        return tenant => tenant with
        {
            Entitlements = given is null ? new Entitlements() : new Entitlements(streaming ?? tenant.Entitlements.Streaming, exports ?? tenant.Entitlements.Exports),
        };
    }

    private static Func<Tenant, Tenant> Limits(JsonMembers? given)
    {
        var (hasRequests, hasEvents) = (given?.Has("requests_per_minute") ?? true, given?.Has("events_per_minute") ?? true);
        var (requests, events) = (given?.WholeOrNull("requests_per_minute", 1, long.MaxValue), given?.WholeOrNull("events_per_minute", 1, long.MaxValue));
        given?.RefuseUnknown();
        return tenant => tenant with
        {
            RateLimit = new RateLimit(hasRequests ? requests : tenant.RateLimit.RequestsPerMinute, hasEvents ? events : tenant.RateLimit.EventsPerMinute),
        };
    }
}
