namespace Sluice.Storage.Index;

/// <summary>The least and the greatest of some times.</summary>
internal readonly record struct TimeBounds(long Least, long Greatest)
{
    public static TimeBounds Of(ReadOnlySpan<long> times)
    {
        var (least, greatest) = (long.MaxValue, long.MinValue);
        foreach (var time in times)
        {
            least = Math.Min(least, time);
            greatest = Math.Max(greatest, time);
        }

        return new TimeBounds(least, greatest);
    }
}
