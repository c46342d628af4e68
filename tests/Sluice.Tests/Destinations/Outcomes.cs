using Sluice.Delivery;
using Sluice.Streams;

namespace Sluice.Tests.Destinations;

/// <summary>Names results for tables of tests.</summary>
internal static class Outcomes
{
    public static string Name(DeliveryResult result) => result switch
    {
        DeliveryResult.Delivered => "delivered",
        DeliveryResult.TryLater later => later.Class.Name(),
        DeliveryResult.TooLarge => "too_large",
        _ => "refused",
    };
}
