using System.Text;
using Sluice.Query.Filters;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Streams;

/// <summary>Which events a stream lets through: those of its tenant, of its event types, that match its filter. Nothing set lets everything through.</summary>
/// <param name="family">Takes the place of the one tenant, if others belong to it and count too.</param>
/// <param name="only">Of these tenants, only what these hold passes; null for all.</param>
public sealed class StreamFilter(
    string? tenantId, IReadOnlyList<string> eventTypes, IReadOnlyList<string> exceptEventTypes, EventFilter? filter, EventFilter? further = null, TenantFamily? family = null, TenantFamily? only = null)
{
    private readonly byte[]? _tenant = tenantId is null ? null : Encoding.UTF8.GetBytes(tenantId);
    private readonly EventTypes _only = new(eventTypes);
    private readonly EventTypes _except = new(exceptEventTypes);

    /// <summary>Everything of the same tenants.</summary>
    public StreamFilter WithoutConditions() => new(tenantId, [], [], null, null, family);

    /// <summary>Every event passes, so none needs to be looked at.</summary>
    public bool PassesAll => _tenant is null && only is null && _only.IsEmpty && _except.IsEmpty && filter is null && further is null;

    /// <summary>The same, of which only what matches this too passes.</summary>
    public StreamFilter And(EventFilter? and) => and is null ? this : new StreamFilter(tenantId, eventTypes, exceptEventTypes, filter, and, family, only);

    public bool Passes(in StoredEvent stored)
    {
        if (_tenant is not null || only is not null || !_only.IsEmpty || !_except.IsEmpty)
        {
            var head = EventHead.Of(stored.Body.Span);
            if (!IsOurs(head.TenantId) || only?.Holds(head.TenantId) == false) return false;
            if (!_only.IsEmpty && !_only.Match(head.Action)) return false;
            if (_except.Match(head.Action)) return false;
        }

        return (filter is null || filter.Matches(stored)) && (further is null || further.Matches(stored));
    }

    private bool IsOurs(ReadOnlySpan<byte> tenant) => _tenant is null || tenant.SequenceEqual(_tenant) || family?.Holds(tenant) == true;
}
