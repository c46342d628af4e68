using Sluice.Delivery;
using Sluice.Destinations;

namespace Sluice.Tests.Fakes;

/// <summary>Every kind of destination, without the wait for objects to fill: for tests in which the clock stands still.</summary>
internal static class KindsAtOnce
{
    public static IReadOnlyList<DestinationKind> All { get; } = [.. DestinationCatalogue.All.Select(kind => kind.FillingFor(TimeSpan.Zero))];
}
