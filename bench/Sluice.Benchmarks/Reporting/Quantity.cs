using System.Globalization;

namespace Sluice.Benchmarks.Reporting;

internal static class Quantity
{
    /// <summary>Three digits that mean something; none behind the point from 100 on, or when it is whole.</summary>
    public static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", var size when size == Math.Floor(size) => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
