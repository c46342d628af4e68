namespace Sluice.Benchmarks;

/// <summary>By nearest rank.</summary>
internal readonly record struct Percentiles(double P50, double P95, double P99, double Most)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        if (sorted.Length == 0) return default;
        Array.Sort(sorted);
        return new Percentiles(At(0.50), At(0.95), At(0.99), sorted[^1]);

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
