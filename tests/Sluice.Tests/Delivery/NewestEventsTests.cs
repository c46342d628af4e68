using Sluice.Delivery;
using Sluice.Storage;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>What is read of the newest events is the ledger's own, whoever reads it; and many readers cost one reading.</summary>
public sealed class NewestEventsTests
{
    private readonly ScriptedLedger _ledger = new(new ManualTimeProvider());
    private readonly NewestEvents _newest;

    public NewestEventsTests() => _newest = new NewestEvents(_ledger);

    [Fact]
    public async Task Many_that_follow_closely_cost_the_ledger_one_reading_of_each_event()
    {
        var places = new long[50];
        for (var round = 0; round < 20; round++)
        {
            _ledger.AppendMany(7);
            for (var reader = 0; reader < places.Length; reader++) places[reader] = await FollowAsync(places[reader]);
        }

        Assert.All(places, place => Assert.Equal(140, place));
        Assert.Equal(140, _ledger.EventsRead);
    }

    [Fact]
    public async Task Only_a_few_megabytes_are_kept()
    {
        const int size = 10_000;
        const int kept = NewestEvents.MostBytes / size;
        for (var place = 0L; place < 3 * kept; place = await FollowAsync(place)) _ledger.AppendMany(50, padding: size);
        var before = _ledger.EventsRead;

        await ReadAsync(_newest, _ledger.Size - (kept / 2), _ledger.Size, 10, int.MaxValue);
        Assert.Equal(before, _ledger.EventsRead);

        await ReadAsync(_newest, _ledger.Size - kept - 100, _ledger.Size, 10, int.MaxValue);
        Assert.Equal(before + 10, _ledger.EventsRead);
    }

    [Fact]
    public async Task An_event_larger_than_all_that_is_kept_is_read_like_others()
    {
        _ledger.AppendMany(2);
        _ledger.AppendMany(1, padding: NewestEvents.MostBytes + 1);
        _ledger.AppendMany(2);

        Assert.Equal(await ReadAsync(_ledger, 0, 5, 100, int.MaxValue), await ReadAsync(_newest, 0, 5, 100, int.MaxValue));
        Assert.Equal(await ReadAsync(_ledger, 3, 5, 100, int.MaxValue), await ReadAsync(_newest, 3, 5, 100, int.MaxValue));
    }

    [Fact]
    public async Task What_retention_dropped_is_not_kept_alive()
    {
        _ledger.AppendMany(100);
        await FollowAsync(0);
        _ledger.First = 60;

        Assert.Equal(60, (await ReadAsync(_newest, 10, 100, 5, int.MaxValue))[0].Sequence);
        Assert.Equal(70, (await ReadAsync(_newest, 70, 100, 5, int.MaxValue))[0].Sequence);
    }

    [Fact]
    public async Task Nothing_is_read_of_a_ledger_that_takes_no_readers_any_more()
    {
        _ledger.AppendMany(10);
        await FollowAsync(0);
        _ledger.Closed = new StorageUnavailableException("It went backwards.");

        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(_newest, 5, 10, 100, int.MaxValue));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_asked_in_whatever_order_the_answer_is_the_ledgers(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 150; step++)
        {
            if (random.Next(3) == 0) _ledger.AppendMany(random.Next(1, 400), padding: random.Next(3) == 0 ? random.Next(10_000) : 0);
            var from = random.NextInt64(_ledger.Size + 2);
            if (random.Next(2) == 0) from = Math.Max(0, _ledger.Size - random.Next(1, 500));
            var (end, events, bytes) = (from + random.Next(1, 1_500), random.Next(1, 1_200), random.Next(1, 2_000_000));

            Assert.Equal(await ReadAsync(_ledger, from, end, events, bytes), await ReadAsync(_newest, from, end, events, bytes));
        }
    }

    [Fact]
    public async Task Readers_beside_each_other_see_every_event_once_and_in_order()
    {
        const int events = 20_000;
        var reading = Enumerable.Range(0, 8).Select(reader => Task.Run(() => FollowAllAsync(events, page: 50 + (reader * 37)))).ToList();
        for (var i = 0; i < events / 100; i++) _ledger.AppendMany(100);

        await Task.WhenAll(reading);
    }

    /// <summary>Reads from memory what there is, as a stream does.</summary>
    private async Task<long> FollowAsync(long place)
    {
        while (place < _ledger.Size) place += (await ReadAsync(_newest, place, _ledger.Size, 1_000, 1_000_000)).Count;
        return place;
    }

    private async Task FollowAllAsync(int events, int page)
    {
        for (var place = 0L; place < events;)
        {
            await _newest.WaitForMoreThanAsync(place, default);
            foreach (var (sequence, _, body) in await ReadAsync(_newest, place, long.MaxValue, page, 1_000_000))
            {
                Assert.Equal(place++, sequence);
                Assert.Contains($"\"evt_{sequence}\"", body, StringComparison.Ordinal);
            }
        }
    }

    private static async Task<List<(long Sequence, long PersistedAt, string Body)>> ReadAsync(ILedgerReader ledger, long from, long end, int events, int bytes)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, from, end, events, bytes, default);
        return [.. Enumerable.Range(0, page.Count).Select(i => (page[i].Sequence, page[i].PersistedAt, System.Text.Encoding.UTF8.GetString(page[i].Body.Span)))];
    }
}
