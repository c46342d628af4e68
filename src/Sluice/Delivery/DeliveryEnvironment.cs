using Microsoft.Extensions.Logging;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>What every stream of an instance shares.</summary>
public sealed record DeliveryEnvironment(
    StreamStore Store, DeliverySettings Settings, DeliveryMetrics Metrics, TimeProvider Time, ILoggerFactory Logging)
{
    /// <summary>The ledger that has a tenant's events; null asks for the one of all tenants.</summary>
    public required Func<string?, ILedgerReader> LedgerOf { get; init; }

    /// <summary>Makes a destination's surroundings from its id.</summary>
    public required Func<string, DestinationContext> ContextOf { get; init; }

    /// <summary>The name under which this process takes streams.</summary>
    public string Node { get; init; } = "local";

    public Random Random { get; init; } = Random.Shared;
}
