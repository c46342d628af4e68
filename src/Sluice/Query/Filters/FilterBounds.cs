namespace Sluice.Query.Filters;

/// <summary>What a filter's ANDed comparisons of sequences and times leave.</summary>
internal static class FilterBounds
{
    /// <returns>From First up to, not including, End.</returns>
    public static (long First, long End) OfSequence(FilterNode root)
    {
        var (first, end) = (0L, long.MaxValue);
        foreach (var term in Required(root))
        {
            if (!term.Field.Is("sequence")) continue;
            var (from, to) = SequenceOf(term);
            (first, end) = (Math.Max(first, from), Math.Min(end, to));
        }

        return (first, end);
    }

    /// <returns>Nanoseconds, both inclusive.</returns>
    public static (long From, long To) OfPersistedAt(FilterNode root) => OfTime(root, "persisted_at");

    /// <returns>Nanoseconds, both inclusive.</returns>
    public static (long From, long To) OfEndedAt(FilterNode root) => OfTime(root, FilterField.EndedAtName);

    /// <returns>Nanoseconds, both inclusive.</returns>
    public static (long From, long To) OfTimestamp(FilterNode root) => OfTime(root, "timestamp");

    private static (long From, long To) OfTime(FilterNode root, string field)
    {
        var (from, to) = (0L, long.MaxValue);
        foreach (var term in Required(root))
        {
            if (!term.Field.Is(field)) continue;
            var (earliest, latest) = TimeOf(term);
            (from, to) = (Math.Max(from, earliest), Math.Min(to, latest));
        }

        return (from, to);
    }

    /// <summary>The terms without which no event matches.</summary>
    public static IEnumerable<FilterTerm> Required(FilterNode root) => root switch
    {
        FilterNode.Term term => [term.Comparison],
        FilterNode.And and => and.Parts.SelectMany(Required),
        _ => [],
    };

    private static (long From, long To) SequenceOf(FilterTerm term)
    {
        var numbers = term.Values.Select(value => value.Number!.Value);
        return term.Operator switch
        {
            FilterOperator.Equal or FilterOperator.In => (numbers.Min(n => n.Ceiling()), numbers.Max(n => n.Floor()) + 1),
            FilterOperator.Greater => (numbers.First().Floor() + 1, long.MaxValue),
            FilterOperator.GreaterOrEqual => (numbers.First().Ceiling(), long.MaxValue),
            FilterOperator.Less => (0, numbers.First().Ceiling()),
            FilterOperator.LessOrEqual => (0, numbers.First().Floor() + 1),
            _ => (0, long.MaxValue),
        };
    }

    private static (long From, long To) TimeOf(FilterTerm term)
    {
        var times = term.Values.Select(value => value.Time);
        return term.Operator switch
        {
            FilterOperator.Equal or FilterOperator.In => (times.Min(), times.Max()),
            FilterOperator.Greater => (times.First() + 1, long.MaxValue),
            FilterOperator.GreaterOrEqual => (times.First(), long.MaxValue),
            FilterOperator.Less => (0, times.First() - 1),
            FilterOperator.LessOrEqual => (0, times.First()),
            _ => (0, long.MaxValue),
        };
    }
}
