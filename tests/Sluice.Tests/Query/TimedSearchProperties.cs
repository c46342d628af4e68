using FsCheck;
using FsCheck.Fluent;
using Sluice.Events;
using Sluice.Query;
using Sluice.Storage;
using Sluice.Tests.Fakes;
using Sluice.Tests.Query.Filters;

namespace Sluice.Tests.Query;

public sealed class TimedSearchProperties
{
    private static readonly long Second10 = TimeOf("2026-03-15T08:42:10Z");

    private sealed record Case(string[] Bodies, NaiveFilter Filter, TimeKind Kind, int From, int To, bool Descending, int PageSize, int Budget);

    private static Gen<Case> Cases { get; } =
        from bodies in Any.Body.ArrayOf(50)
        from filter in Any.Filter
        from kind in Gen.Elements(TimeKind.Timestamp, TimeKind.EndedAt)
        from begin in Gen.Choose(0, 4)
        from to in Gen.Choose(2, 10)
        from down in Gen.Elements(true, false)
        from size in Gen.Elements(1, 2, 7, 10_000)
        from budget in Gen.Elements(1, 20, EventSearch.MaxExamined)
        select new Case(bodies, filter, kind, begin, to, down, size, budget);

    [Fact]
    public void Pages_in_order_of_time_are_what_sorting_everything_finds() =>
        Prop.ForAll(Cases.ToArbitrary(), it => PagesEqualBruteForce(it)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));

    [Fact]
    public async Task What_is_committed_between_two_pages_is_no_part_of_the_walk()
    {
        var ledger = LedgerOf(Any.Body.Sample(50, 20).ToArray());
        var query = new EventQuery(ledger, ledger, null, null);
        var whole = TimedSearch.Whole(query, TimeSlice.Between(TimeKind.EndedAt, 0, long.MaxValue, false));
        var (first, rest) = await PageAsync(query, whole, 5);
        foreach (var late in Any.Body.Sample(50, 20)) ledger.Add(late);

        var (second, _) = await PageAsync(query, rest!.Value, 10_000);

        Assert.Equal(Enumerable.Range(0, 50).Select(at => (long)at), first.Concat(second).Order());
    }

    [Fact]
    public async Task Retention_matters_only_where_it_may_have_taken_what_is_left()
    {
        var ledger = new InMemoryLedger();
        for (var i = 0; i < 10; i++) ledger.Add(BodyAt(i < 5 ? i : 14 - i));
        var query = new EventQuery(ledger, ledger, null, null);
        var (first, rest) = await PageAsync(query, TimedSearch.Whole(query, TimeSlice.Between(TimeKind.Timestamp, 0, long.MaxValue, false)), 6);
        ledger.DropBefore(5);

        var (second, _) = await PageAsync(query, rest!.Value, 2);
        ledger.DropBefore(8);
        var gap = await Assert.ThrowsAsync<EventsRemovedException>(() => PageAsync(query, rest.Value, 2));

        Assert.Equal([0, 1, 2, 3, 4, 9], first);
        Assert.Equal([8, 7], second);
        Assert.Equal((5, 7), (gap.First, gap.Last));
    }

    private static void PagesEqualBruteForce(Case it)
    {
        var ledger = LedgerOf(it.Bodies);
        var slice = TimeSlice.Between(it.Kind, Second10 + it.From * 1_000_000_000L, Second10 + it.To * 1_000_000_000L, it.Descending);
        var expected = Enumerable.Range(0, (int)ledger.Size).Where(at => it.Filter.Holds(NaiveFilter.Show(ledger[at])))
            .Select(at => new TimePlace(TimeOf(it.Kind, ledger[at]), at)).Where(place => place.Time >= slice.From.Time && place.Time < slice.To.Time)
            .OrderBy(place => place.Time).ThenBy(place => place.Sequence).Select(place => place.Sequence).ToList();
        if (it.Descending) expected.Reverse();

        var query = new EventQuery(ledger, ledger, EventSearchProperties.Parse(it.Filter), null);
        var found = new List<long>();
        for (TimedRest? rest = TimedSearch.Whole(query, slice); rest is { } at;)
        {
            var (page, next) = PageAsync(query, at, it.PageSize, it.Budget).Result;
            Assert.InRange(page.Count, 0, it.PageSize);
            found.AddRange(page);
            rest = next;
        }

        Assert.Equal(expected, found);
    }

    private static async Task<(List<long> Found, TimedRest? Left)> PageAsync(EventQuery query, TimedRest rest, int size, int budget = EventSearch.MaxExamined)
    {
        using var page = await TimedSearch.BeginAsync(query, rest, size, default, budget);
        var found = new List<long>();
        while (await page.NextAsync(default)) found.Add(page.Current.Sequence);
        return (found, page.HasMore ? page.Rest : null);
    }

    private static InMemoryLedger LedgerOf(string[] bodies)
    {
        var ledger = new InMemoryLedger();
        foreach (var body in bodies) ledger.Add(body, Stored.Persisted + ledger.Size * 100);
        return ledger;
    }

    private static string BodyAt(int second) =>
        $$"""{"id":"e{{second}}","timestamp":"2026-03-15T08:42:{{second:00}}.000000000Z","tenant_id":"t","category":"c","action":"a","outcome":"success","actor":{"type":"user","id":"u"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private static long TimeOf(TimeKind kind, StoredEvent stored)
    {
        var shown = NaiveFilter.Show(stored);
        var ended = kind == TimeKind.EndedAt && shown.TryGetProperty("api_call", out var call) ? call.GetProperty("ended_at") : shown.GetProperty("timestamp");
        return TimeOf(ended.GetString()!);
    }

    private static long TimeOf(string text)
    {
        Assert.True(Timestamp.TryParse(text, out var time));
        return time;
    }
}
