using FsCheck;
using FsCheck.Fluent;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Storage;
using Sluice.Tests.Fakes;
using Sluice.Tests.Query.Filters;

namespace Sluice.Tests.Query;

public sealed class EventSearchProperties
{
    private sealed record Case(string[] Bodies, NaiveFilter Filter, string? Tenant, PageOrder Order, int PageSize, int Budget);

    private static Gen<Case> Cases { get; } =
        from bodies in Any.Body.ArrayOf(50)
        from filter in Any.Filter
        from tenant in Gen.OneOf(Gen.Constant<string?>(null), Any.Tenant.Select(string? (name) => name))
        from order in Gen.Elements(PageOrder.Ascending, PageOrder.Descending)
        from size in Gen.Elements(1, 2, 7, 10_000)
        from budget in Gen.Elements(1, 20, EventSearch.MaxExamined)
        select new Case(bodies, filter, tenant, order, size, budget);

    [Fact]
    public void Pages_are_what_reading_everything_finds() =>
        Prop.ForAll(Cases.ToArbitrary(), it => PagesEqualBruteForce(it)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));

    [Fact]
    public void An_index_that_follows_the_term_proposes_every_match() =>
        Prop.ForAll(Cases.ToArbitrary(), it =>
        {
            var ledger = LedgerOf(it);
            var filter = Parse(it.Filter);
            var (first, end) = filter.SequenceBounds();
            var (from, to) = filter.PersistedBounds();
            for (var at = 0; at < ledger.Size; at++)
            {
                var stored = ledger[at];
                if (!filter.Matches(stored)) continue;
                Assert.True(ledger.Proposes(filter.ToIndexTerm(), at), filter.Text);
                Assert.InRange(at, first, end - 1);
                Assert.InRange(stored.PersistedAt, from, to);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void PagesEqualBruteForce(Case it)
    {
        var ledger = LedgerOf(it);
        var query = new EventQuery(ledger, ledger, Parse(it.Filter), it.Tenant);
        var expected = Enumerable.Range(0, (int)ledger.Size).Select(at => (long)at).Where(at =>
        {
            var shown = NaiveFilter.Show(ledger[at]);
            return it.Filter.Holds(shown) && (it.Tenant is null || shown.GetProperty("tenant_id").GetString() == it.Tenant);
        }).ToList();
        if (it.Order == PageOrder.Descending) expected.Reverse();

        Assert.Equal(expected, AllPages(query, it));
    }

    private static List<long> AllPages(EventQuery query, Case it)
    {
        var (found, position) = (new List<long>(), (long?)null);
        while (true)
        {
            using var page = EventSearch.BeginAsync(query, it.Order, position, it.PageSize, default, it.Budget).AsTask().Result;
            var before = found.Count;
            while (page.NextAsync(default).AsTask().Result) found.Add(page.Current.Sequence);
            Assert.InRange(found.Count - before, 0, it.PageSize);
            position = page.NextPosition;
            if (it.Order == PageOrder.Ascending) Assert.NotNull(position);
            else Assert.Equal(page.HasMore, position is not null);
            if (page.HasMore) continue;
            return found;
        }
    }

    private static InMemoryLedger LedgerOf(Case it)
    {
        var ledger = new InMemoryLedger();
        foreach (var body in it.Bodies) ledger.Add(body, Stored.Persisted + ledger.Size * 100);
        return ledger;
    }

    internal static EventFilter Parse(NaiveFilter filter)
    {
        Assert.True(EventFilter.TryParse(Spelled(filter), out var parsed, out var problem), $"{problem?.Message} {filter.Text}");
        return parsed;
    }

    /// <summary>Values of these tests are JSON; a filter's quotes know two escapes only.</summary>
    private static string Spelled(NaiveFilter filter) =>
        System.Text.RegularExpressions.Regex.Replace(filter.Text, "\"[^\"]*\"", match => EventFilter.Quote(System.Text.Json.JsonSerializer.Deserialize<string>(match.Value)!));
}
