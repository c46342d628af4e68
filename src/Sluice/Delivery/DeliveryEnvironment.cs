using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Nodes;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;
using Sluice.Tenants;

namespace Sluice.Delivery;

/// <summary>What every stream of an instance shares.</summary>
public sealed record DeliveryEnvironment(
    StreamStore Store, DeliverySettings Settings, DeliveryMetrics Metrics, TimeProvider Time, ILoggerFactory Logging)
{
    /// <summary>The ledger that has a tenant's events; null asks for the one of all tenants.</summary>
    public required Func<string?, ILedgerReader> LedgerOf { get; init; }

    /// <summary>Makes a destination's surroundings from its id.</summary>
    public required Func<string, DestinationContext> ContextOf { get; init; }

    /// <summary>This node, which takes streams.</summary>
    public required INode Node { get; init; }

    /// <summary>What was said of a tenant.</summary>
    public Func<string, ValueTask<Tenant>> TenantOf { get; init; } = id => ValueTask.FromResult(new Tenant(id));

    /// <summary>Of all streams of this node.</summary>
    internal Turns Turns { get; init; } = Turns.Unlimited;

    public Random Random { get; init; } = Random.Shared;

    public IDestination Open(DestinationDefinition definition) =>
        definition.Kind.Open(definition.Settings, ContextOf(definition.Id) with { TenantId = definition.SoleTenantId, InFlight = definition.Stream.MaxInFlight });
}
