namespace Sluice.Benchmarks;

/// <summary>How much each part does, from the one number a caller gives; in brackets for 5,000,000.</summary>
internal sealed record Sizes(long Grown)
{
    /// <summary>Events that are sent in batches (1,000,000).</summary>
    public long Batched => Grown / 5;

    /// <summary>Events that are sent one by one (200,000).</summary>
    public long Single => Grown / 25;

    /// <summary>Events before a measurement, so that the server's code is compiled as it will stay (500,000).</summary>
    public long WarmUp => Math.Max(Grown / 10, 100_000);

    /// <summary>Single events before a measurement (100,000).</summary>
    public long SingleWarmUp => Math.Max(Grown / 50, 20_000);

    public long Exported => Grown / 5;

    public long ExportedWithProofs => Grown / 25;

    /// <summary>Queries of each kind (500).</summary>
    public int Queries => (int)Math.Clamp(Grown / 10_000, 20, 500);

    /// <summary>Seconds at a steady rate (10).</summary>
    public int SteadySeconds => (int)Math.Clamp(Grown / 500_000, 2, 10);

    /// <summary>Seconds of each of the crowd's phases that are measured (15).</summary>
    public int PhaseSeconds => SteadySeconds * 3 / 2;
}
