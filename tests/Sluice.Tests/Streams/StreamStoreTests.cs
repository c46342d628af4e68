using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Streams;

public sealed class SqliteStreamStoreTests() : StreamStoreTests(new SqliteConfiguration());

public sealed class PostgresStreamStoreTests() : StreamStoreTests(new PostgresConfigurations());

public abstract class StreamStoreTests(ConfigurationFixture fixture) : IAsyncLifetime
{
    private static readonly DestinationRow Row = new("dst_1", "acme", "Zoë's", "webhook", """{"a":"b"}""", [1, 2, 0], 5, 6, null);
    private static readonly StreamState State = StreamState.Created(5, enabled: true);

    private StreamStore _store = null!;
    private StreamStore _other = null!;

    public async ValueTask InitializeAsync() => (_store, _other) = (new StreamStore(await fixture.OpenAsync()), new StreamStore(await fixture.OpenAsync()));

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Theory]
    [InlineData("acme")]
    [InlineData(null)]
    public async Task A_destination_is_found_as_it_was_stored_by_the_node_that_made_it(string? tenant)
    {
        var fence = await _store.CreateAsync(Row with { TenantId = tenant }, 41, State, "a");

        var found = await _other.FindAsync(Row.Id);
        Assert.Equal((41, State, 0, fence, "a"), (found!.Cursor, found.State, found.Attempts, found.Fence, found.Node));
        Assert.Equal(Row with { TenantId = tenant, Secrets = found.Destination.Secrets }, found.Destination);
        Assert.Equal(Row.Secrets, found.Destination.Secrets);
        Assert.Null(await _other.FindAsync("dst_2"));
        Assert.Equal([Row.Id], (await _other.AllAsync()).Select(stream => stream.Destination.Id));
    }

    [Fact]
    public async Task A_change_is_stored_with_all_that_belongs_to_it()
    {
        var fence = await _store.CreateAsync(Row, 0, State, "a");
        var gap = Gap.Open(Gap.Exhausted, 3, 7);
        var changed = State.AttemptFailed(8, ErrorClass.Tls, "no");

        await _store.SaveAsync(new StreamChange(Row.Id, 9, changed)
        {
            Destination = Row with { Name = "new", Secrets = [], DeletedAt = 99 },
            Gap = gap, NextGap = gap with { Id = "gap_next", First = 5, Last = 4 }, DeadLetters = [Letter(4), Letter(6), Letter(8)], Attempts = Sendings(1, 2),
        }, fence);
        await _store.SaveAsync(new StreamChange(Row.Id, 9, changed) { Gap = gap.Close(5, 10), DeadLetters = [Letter(4) with { Reason = "again" }], WithdrawFrom = 8 }, fence);

        var found = await _other.FindAsync(Row.Id);
        Assert.Equal((9, changed, 2, "new", 99L), (found!.Cursor, found.State, found.Attempts, found.Destination.Name, found.Destination.DeletedAt));
        Assert.Equal([gap.Close(5, 10)], await _other.GapsAsync(Row.Id));
        Assert.Equal([Letter(4) with { Reason = "again" }, Letter(6)], await _other.DeadLettersAsync(Row.Id, -1, 10));
        Assert.Equal((2, 1, default), await _other.CountsAsync(Row.Id));
        Assert.True(await _other.RemoveDeadLetterAsync(Row.Id, 4));
        Assert.False(await _other.RemoveDeadLetterAsync(Row.Id, 4));
        await _other.SaveCountAsync(gap.Id, 2);
        Assert.Equal(2, Assert.Single(await _store.GapsAsync(Row.Id)).Count);
        await _other.PurgeAsync(99);
        Assert.NotNull(await _store.FindAsync(Row.Id));
        await _other.PurgeAsync(100);
        Assert.Null(await _store.FindAsync(Row.Id));
        Assert.Empty(await _store.AttemptsAsync(Row.Id));
    }

    [Fact]
    public async Task Totals_of_several_nodes_add_up_and_a_destination_that_is_gone_has_none()
    {
        await _store.CreateAsync(Row, 0, State, "a");

        await _store.AddTotalsAsync([(Row.Id, new StreamTotals(1, 2, 3, 4)), ("siem_gone", new StreamTotals(9, 9, 9, 9))]);
        await _other.AddTotalsAsync([(Row.Id, new StreamTotals(10, 20, 30, 5_000_000_000))]);

        Assert.Equal(new StreamTotals(11, 22, 33, 5_000_000_004), (await _other.CountsAsync(Row.Id)).Totals);
        Assert.Equal(default, (await _other.CountsAsync("siem_gone")).Totals);
    }

    [Fact]
    public async Task Whoever_lost_a_stream_writes_nothing_for_it_any_more()
    {
        var old = await _store.CreateAsync(Row, 0, State, "a");
        var taken = await _other.TakeAsync(Row.Id, "b");

        await Assert.ThrowsAsync<StaleStreamException>(async () => await _store.SaveProgressAsync(Row.Id, old, 5, State, Sendings(1, 1)));
        await Assert.ThrowsAsync<StaleStreamException>(async () => await _store.SaveAsync(new StreamChange(Row.Id, 5, State) { DeadLetters = [Letter(5)] }, old));
        await _store.ReleaseAsync(Row.Id, old);

        var found = await _store.FindAsync(Row.Id);
        Assert.Equal((old + 1, "b", old + 1, "b", 0), (taken!.Fence, taken.Node, found!.Fence, found.Node, found.Cursor));
        Assert.Empty(await _store.AttemptsAsync(Row.Id));
        Assert.Empty(await _store.DeadLettersAsync(Row.Id, -1, 10));
        await _other.SaveProgressAsync(Row.Id, taken.Fence, 7, State, []);
        await _other.ReleaseAsync(Row.Id, taken.Fence);
        found = await _store.FindAsync(Row.Id);
        Assert.Equal((7, null), (found!.Cursor, found.Node));
        Assert.Null(await _store.TakeAsync("dst_2", "a"));
    }

    [Fact]
    public async Task Takers_at_once_get_fences_that_differ()
    {
        await _store.CreateAsync(Row, 0, State, "a");

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? _store : _other).TakeAsync(Row.Id, $"node-{i}").AsTask())));

        Assert.Equal(12, taken.Select(stream => stream!.Fence).Distinct().Count());
    }

    [Fact]
    public async Task Of_those_who_want_a_name_at_once_one_gets_it()
    {
        var rows = Enumerable.Range(0, 12).Select(i => Row with { Id = $"dst_{i}", HasUniqueName = true, Name = i < 8 ? "wanted" : $"other {i}" }).ToList();
        var fences = await Task.WhenAll(rows.Skip(8).Select(row => Store(row).CreateAsync(row, 0, State, "a").AsTask()));

        var created = rows.Take(8).Select(row => TriesAsync(() => Store(row).CreateAsync(row, 0, State, "a").AsTask()));
        var renamed = rows.Skip(8).Zip(fences, (row, fence) => TriesAsync(() => Store(row).SaveAsync(new StreamChange(row.Id, 0, State) { Destination = row with { Name = "wanted" } }, fence).AsTask()));
        var got = await Task.WhenAll(created.Concat(renamed));

        Assert.Single(got, itDid => itDid);
        Assert.Single(await _other.AllAsync(), stream => stream.Destination.Name == "wanted");

        StreamStore Store(DestinationRow row) => row.Id[^1] % 2 == 0 ? _store : _other;
    }

    [Fact]
    public async Task Of_the_attempts_the_last_hundred_are_kept()
    {
        var fence = await _store.CreateAsync(Row, 0, State, "a");

        for (var first = 1; first <= 230; first += 23) await _store.SaveProgressAsync(Row.Id, fence, first, State, Sendings(first, 23));

        Assert.Equal(Sendings(131, 100).Reverse(), await _other.AttemptsAsync(Row.Id));
        Assert.Equal(230, (await _other.FindAsync(Row.Id))!.Attempts);
    }

    private static async Task<bool> TriesAsync(Func<Task> what)
    {
        try
        {
            await Task.Run(what);
            return true;
        }
        catch (NameTakenException)
        {
            return false;
        }
    }

    private static DeadLetter Letter(long sequence) => new(sequence, $"evt_{sequence}", "acme", "bad", ErrorClass.Refused, 8, 2);

    private static IReadOnlyList<Attempt> Sendings(long first, int count) => [.. Enumerable.Range(0, count).Select(i => first + i).Select(number => number % 2 == 0
        ? new Attempt(number, 1_000 + number, number, number + 1, 2, 300, 4, "delivered", null, 200, null)
        : new Attempt(number, 1_000 + number, number, number + 1, 2, 300, 4, "try_later", "dns", null, "No such host."))];
}
