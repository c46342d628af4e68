namespace Sluice.Benchmarks.Reporting;

/// <summary>One measured number, with what it should be and what it is seen beside.</summary>
internal sealed record Figure(string Part, string Name, double Value, string Unit)
{
    public Target? Target { get; init; }

    public Baseline? Baseline { get; init; }

    public double? OfBaseline => Baseline is { Value: > 0 } ? Value / Baseline.Value : null;
}

/// <summary>What to reach on a quiet machine of two cores.</summary>
internal readonly record struct Target(double Value, bool IsCeiling)
{
    public static Target AtLeast(double value) => new(value, false);

    public static Target AtMost(double value) => new(value, true);

    public bool IsMetBy(double value) => IsCeiling ? value <= Value : value >= Value;

    public override string ToString() => $"{(IsCeiling ? "≤" : "≥")} {Quantity.Text(Value)}";
}

/// <summary>The same work done with less, measured in the same run.</summary>
/// <param name="Wanted">The ratio to reach, where there is one.</param>
internal sealed record Baseline(string Name, double Value, double? Wanted = null);
