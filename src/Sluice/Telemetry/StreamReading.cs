using Sluice.Streams;

namespace Sluice.Telemetry;

/// <summary>Where a stream stands, as operators see it.</summary>
/// <param name="LagEvents">Events not confirmed yet; 0 while nobody wants them.</param>
/// <param name="LagSeconds">How long the oldest of those that its filter lets through has waited.</param>
/// <param name="OldestPendingAt">When that one was stored, in nanoseconds since 1970; null when none waits.</param>
public readonly record struct StreamReading(string Destination, string Name, string Provider, StreamStatus Status, long LagEvents, double LagSeconds, long? OldestPendingAt);
