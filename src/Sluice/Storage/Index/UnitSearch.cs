namespace Sluice.Storage.Index;

/// <summary>Walks the units of a span and collects what may match.</summary>
internal static class UnitSearch
{
    /// <returns>Where to go on; null when the span is done.</returns>
    public static SequenceSpan? Find(UnitList list, IndexTerm term, SequenceSpan span, List<long> candidates, int max)
    {
        var units = list.Now;
        if (span.IsEmpty || units.IsEmpty) return null;
        var step = span.Descending ? -1 : 1;
        var wanted = candidates.Count + max;
        for (var i = UnitList.Find(units, span.Descending ? span.End - 1 : span.First); i >= 0 && i < units.Length; i += step)
        {
            var unit = units[i];
            if (unit.First >= span.End || unit.End <= span.First) break;
            if (!Walk(unit, term, span, candidates, wanted)) return Rest(span, candidates[^1]);
        }

        GC.KeepAlive(units);
        return null;
    }

    private static bool Walk(IndexUnit unit, IndexTerm term, SequenceSpan span, List<long> candidates, int wanted)
    {
        var positions = unit.Open(term, span.Descending);
        var first = (int)Math.Max(0, span.First - unit.First);
        var last = (int)(Math.Min(span.End, unit.End) - unit.First) - 1;
        var step = span.Descending ? -1 : 1;
        for (var at = positions.Seek(span.Descending ? last : first); at != Positions.None && at >= first && at <= last; at = positions.Seek(at + step))
        {
            candidates.Add(unit.First + at);
            if (candidates.Count >= wanted) return false;
        }

        return true;
    }

    private static SequenceSpan Rest(SequenceSpan span, long last) =>
        span.Descending ? span with { End = last } : span with { First = last + 1 };
}
