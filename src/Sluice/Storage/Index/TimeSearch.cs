namespace Sluice.Storage.Index;

/// <summary>
/// Finds the nearest events of a slice of time among all units. Units and the blocks in them are visited from where the nearest are expected, so that
/// once enough are found whole blocks are passed over by their bounds; times without any order cost a look at each of them, and no more.
/// </summary>
internal static class TimeSearch
{
    public static void Find(UnitList list, IndexTerm term, SequenceSpan span, TimeSlice slice, List<TimePlace> places, int max)
    {
        var units = list.Now;
        var nearest = new TimeSelection(slice, max);
        foreach (var unit in units.Where(unit => unit.First < span.End && unit.End > span.First).OrderBy(unit => Distance(unit, slice)))
            Visit(unit, term, span, slice, nearest);
        nearest.AddTo(places);
        GC.KeepAlive(units);
    }

    public static SequenceSpan Narrow(UnitList list, SequenceSpan span, TimeSlice slice)
    {
        var units = list.Now;
        var none = new TimeSelection(slice, 1);
        foreach (var unit in units)
        {
            for (var block = 0; block < unit.TimeBlocks; block++)
            {
                var first = unit.First + (long)block * IndexFile.TimeBlock;
                if (first >= span.End) return Beginning(span, span.End);
                if (first + IndexFile.TimeBlock > span.First && none.MayTake(unit.Bounds(slice.Kind, block))) return Beginning(span, first);
            }
        }

        GC.KeepAlive(units);
        return Beginning(span, span.End);
    }

    private static SequenceSpan Beginning(SequenceSpan span, long first) => span with { First = Math.Max(span.First, first) };

    private static long Distance(IndexUnit unit, TimeSlice slice)
    {
        var nearest = long.MaxValue;
        for (var block = 0; block < unit.TimeBlocks; block++)
        {
            var bounds = unit.Bounds(slice.Kind, block);
            nearest = Math.Min(nearest, slice.Descending ? -bounds.Greatest : bounds.Least);
        }

        return nearest;
    }

    private static void Visit(IndexUnit unit, IndexTerm term, SequenceSpan span, TimeSlice slice, TimeSelection nearest)
    {
        var times = unit.Times(slice.Kind);
        var first = (int)Math.Max(0, span.First - unit.First);
        var last = (int)(Math.Min(span.End - unit.First, times.Length) - 1);
        if (first > last) return;
        var step = Direction(unit, slice, times.Length);
        var positions = unit.Open(term, step < 0);
        for (var at = positions.Seek(step < 0 ? last : first); at != Positions.None && at >= first && at <= last;)
        {
            if (nearest.MayTake(unit.Bounds(slice.Kind, at / IndexFile.TimeBlock))) at = VisitBlock(unit.First, times, positions, at, first, last, step, nearest);
            else at = positions.Seek(Beyond(at, step));
        }
    }

    /// <returns>The first match behind the block.</returns>
    private static int VisitBlock(long unit, ReadOnlySpan<long> times, Positions positions, int at, int first, int last, int step, TimeSelection nearest)
    {
        var block = at / IndexFile.TimeBlock;
        while (at != Positions.None && at >= first && at <= last && at / IndexFile.TimeBlock == block)
        {
            nearest.Offer(new TimePlace(times[at], unit + at));
            at = positions.Seek(at + step);
        }

        nearest.EndBlock();
        return at;
    }

    /// <summary>The end of the block in the walk's direction, and one on.</summary>
    private static int Beyond(int at, int step)
    {
        var start = at / IndexFile.TimeBlock * IndexFile.TimeBlock;
        return step < 0 ? start - 1 : start + IndexFile.TimeBlock;
    }

    /// <summary>Events mostly stand in order of their times, or the other way round when a past was imported the newest first.</summary>
    private static int Direction(IndexUnit unit, TimeSlice slice, int count)
    {
        var rises = unit.Bounds(slice.Kind, 0).Least <= unit.Bounds(slice.Kind, (count - 1) / IndexFile.TimeBlock).Least;
        return rises != slice.Descending ? 1 : -1;
    }
}
