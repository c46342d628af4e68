namespace Sluice.Benchmarks;

/// <summary>Something could not be measured; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
