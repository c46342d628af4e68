using Sluice.Tenants;

namespace Sluice.Events;

/// <summary>For whom events are accepted: which tenant an event belongs to, and which one its sender may name.</summary>
public sealed class EventScope
{
    /// <param name="tenant">The only tenant allowed; null when any may be named.</param>
    public EventScope(string? tenant)
    {
        Only = tenant is null ? null : System.Text.Encoding.UTF8.GetBytes(tenant);
        var filledIn = tenant ?? TenantNames.Default;
        Spelled = Ledger.CanonicalJson.Canonicalize(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(filledIn));
        Hash = KeyHash.Of(System.Text.Encoding.UTF8.GetBytes(filledIn));
    }

    internal byte[]? Only { get; }

    /// <summary>The tenant of events that name none, as a JSON string.</summary>
    internal byte[] Spelled { get; }

    internal ulong Hash { get; }
}
