using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Stdout;

/// <summary>Standard output has nothing to set.</summary>
public sealed record StdoutSettings : IDestinationSettings;
