using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tests.Query.Filters;

namespace Sluice.Tests.Query;

/// <summary>Queries over the real store, with so many events that a run of the index is written beside the tail in memory.</summary>
public sealed class StoredLedgerSearchTests : IDisposable
{
    private const int Filters = 13;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_index_finds_is_what_reading_everything_finds()
    {
        await using var ledger = SqliteLedger.Open("main", _folder.Path, TimeProvider.System, NullLogger.Instance);
        await FillAsync(ledger);
        Assert.True(ledger.Size > 66_000);

        var tenants = new[] { null, "t2" };
        var filters = Any.Filter.Sample(Filters, 40).Select(EventSearchProperties.Parse).Append(null).ToArray();
        var expected = await ReadEverythingAsync(ledger, filters);
        for (var i = 0; i < filters.Length; i++)
        {
            var order = i % 2 == 0 ? PageOrder.Ascending : PageOrder.Descending;
            foreach (var tenant in tenants)
            {
                var wanted = expected[i].Where(found => tenant is null || found.Tenant == tenant).Select(found => found.Sequence);
                var found = await AllPagesAsync(new EventQuery(ledger, ledger.Index, filters[i], tenant), order);
                Assert.True(found.SequenceEqual(order == PageOrder.Ascending ? wanted : wanted.Reverse()), $"{tenant} {order} {filters[i]?.Text}");
            }
        }
    }

    private static async Task FillAsync(SqliteLedger ledger)
    {
        for (var part = 0; ledger.Size <= 66_000; part++)
        {
            using var batch = Some.Parse(string.Join('\n', Any.Body.Sample(5_000, 50)), lines: true).Accepted;
            await ledger.AppendAsync([batch], default);
        }
    }

    private static async Task<List<(long Sequence, string Tenant)>[]> ReadEverythingAsync(SqliteLedger ledger, EventFilter?[] filters)
    {
        var found = filters.Select(_ => new List<(long, string)>()).ToArray();
        using var page = new EventPage();
        for (var at = 0L; at < ledger.Size; at += page.Count)
        {
            page.Clear();
            await ledger.ReadAsync(page, at, ledger.Size, 1_000, int.MaxValue, default);
            for (var i = 0; i < page.Count; i++)
            {
                var tenant = NaiveFilter.Show(page[i]).GetProperty("tenant_id").GetString()!;
                for (var f = 0; f < filters.Length; f++)
                    if (filters[f]?.Matches(page[i]) ?? true) found[f].Add((page[i].Sequence, tenant));
            }
        }

        return found;
    }

    private static async Task<List<long>> AllPagesAsync(EventQuery query, PageOrder order)
    {
        var (found, position) = (new List<long>(), (long?)null);
        while (true)
        {
            using var page = await EventSearch.BeginAsync(query, order, position, 10_000, default);
            while (await page.NextAsync(default)) found.Add(page.Current.Sequence);
            if (!page.HasMore) return found;
            position = page.NextPosition;
        }
    }
}
