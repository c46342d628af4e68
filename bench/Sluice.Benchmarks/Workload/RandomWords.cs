namespace Sluice.Benchmarks.Workload;

/// <summary>Random numbers by place instead of by turn (SplitMix64), so that an event can be made, and made again, from its index alone.</summary>
internal readonly record struct RandomWords(ulong Seed)
{
    public ulong At(long index, int word)
    {
        var z = Seed + ((ulong)index * 16 + (ulong)word + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(long index, int word, int limit) => (int)(At(index, word) % (ulong)limit);

    /// <summary>0 to 1, without 1.</summary>
    public double Fraction(long index, int word) => (At(index, word) >> 11) * (1.0 / (1UL << 53));
}
