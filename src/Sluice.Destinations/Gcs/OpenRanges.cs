namespace Sluice.Destinations.Gcs;

/// <summary>Sequences that were tried and not confirmed yet. A marker says that nothing below it will come any more, so it waits for those before it.</summary>
internal sealed class OpenRanges
{
    private readonly Lock _lock = new();
    private List<(long First, long Last)> _open = [];

    public void Begin(long first, long last)
    {
        lock (_lock)
        {
            if (!_open.Contains((first, last))) _open.Add((first, last));
        }
    }

    /// <returns>Whether nothing before it is open.</returns>
    public bool End(long first, long last)
    {
        lock (_lock)
        {
            _open = [.. _open.SelectMany(range => Without(range, first, last)).Distinct()];
            return _open.All(range => range.First > last);
        }
    }

    private static IEnumerable<(long First, long Last)> Without((long First, long Last) range, long first, long last)
    {
        if (range.Last < first || range.First > last) return [range];
        return new[] { (range.First, Last: first - 1), (First: last + 1, range.Last) }.Where(part => part.First <= part.Last);
    }
}
