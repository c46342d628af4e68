using Sluice.Storage;

namespace Sluice.Tests.Storage;

public sealed class SqliteConfigurationContract() : ConfigurationContract(new SqliteConfiguration());

public sealed class PostgresConfigurationContract() : ConfigurationContract(new PostgresConfigurations());

/// <summary>What both engines of the configuration do, on one set of SQL texts.</summary>
public abstract class ConfigurationContract(ConfigurationFixture fixture) : IAsyncLifetime
{
    private const string Insert = "INSERT INTO access_keys (id, hash, prefix, name, role, tenant_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    private IConfigurationStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await fixture.OpenAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Theory]
    [InlineData("acme", long.MinValue)]
    [InlineData("", 0L)]
    [InlineData("Zoë 🙂 ' \" ? ?1 $1 \n", long.MaxValue)]
    [InlineData(null, null)]
    public async Task A_value_comes_back_as_it_was_given(string? text, long? number)
    {
        byte[] bytes = [0, 255, 1];
        await _store.WriteAsync(session => session.ExecuteAsync(Insert, "k", bytes, "p", "n", "r", text, 7, number));

        var row = await _store.ReadAsync(session => session.FirstAsync(
            "SELECT tenant_id, expires_at, hash, created_at, tenant_id IS NULL FROM access_keys",
            row => (row.TextOrNull(0), row.LongOrNull(1), Convert.ToHexString(row.Bytes(2)), row.Long(3), row.Bool(4), row.IsNull(0))));

        Assert.Equal((text, number, "00FF01", 7L, text is null, text is null), row);
    }

    [Fact]
    public async Task Bytes_may_be_none_and_rows_too()
    {
        await SetAsync(_store, "empty", []);

        Assert.Equal(Array.Empty<byte>(), await GetAsync(_store, "empty"));
        Assert.Null(await GetAsync(_store, "absent"));
        Assert.Equal(0, await _store.ReadAsync(session => session.LongAsync("SELECT created_at FROM access_keys")));
    }

    [Fact]
    public async Task Placeholders_stand_in_any_order_and_more_than_once()
    {
        await SetAsync(_store, "a", [1]);

        var found = await _store.ReadAsync(session => session.QueryAsync(
            "SELECT name FROM settings WHERE value=?2 AND name=?1 AND ?1<>?3", row => row.Text(0), "a", new byte[] { 1 }, "b"));

        Assert.Equal(["a"], found);
    }

    [Fact]
    public async Task Texts_are_ordered_by_their_bytes()
    {
        foreach (var name in new[] { "b", "B", "a-", "a", "é", "z" }) await SetAsync(_store, name, [1]);

        var names = await _store.ReadAsync(session => session.QueryAsync("SELECT name FROM settings ORDER BY name", row => row.Text(0)));

        Assert.Equal(["B", "a", "a-", "b", "z", "é"], names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_that_throws_leaves_nothing_behind(bool relaxed)
    {
        Func<IConfigurationSession, ValueTask<int>> write = async session =>
        {
            await PutAsync(session, "half", [1]);
            throw new InvalidTimeZoneException();
        };

        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => _ = relaxed ? await _store.WriteRelaxedAsync(write) : await _store.WriteAsync(write));

        Assert.Null(await GetAsync(_store, "half"));
        await SetAsync(_store, "next", [2]);
        Assert.Equal([2], await GetAsync(_store, "next"));
    }

    [Fact]
    public async Task What_the_database_refuses_is_unavailable_and_undone()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await _store.WriteAsync(async session =>
        {
            await PutAsync(session, "before", [1]);
            return await session.ExecuteAsync("INSERT INTO settings (name, value) VALUES (?1, ?2)", "null", null);
        }));

        Assert.Null(await GetAsync(_store, "before"));
    }

    [Fact]
    public async Task An_execution_says_how_many_rows_it_changed()
    {
        foreach (var name in new[] { "a", "b", "c" }) await SetAsync(_store, name, [1]);

        Assert.Equal(2, await _store.WriteAsync(session => session.ExecuteAsync("UPDATE settings SET value=?1 WHERE name<>?2", new byte[] { 2 }, "c")));
        Assert.Equal(0, await _store.WriteAsync(session => session.ExecuteAsync("DELETE FROM settings WHERE name=?1", "d")));
    }

    [Fact]
    public async Task Writers_on_several_nodes_lose_no_update()
    {
        var nodes = new[] { _store, await fixture.OpenAsync(), await fixture.OpenAsync() };
        await SetAsync(_store, "counter", BitConverter.GetBytes(0L));

        await Task.WhenAll(nodes.SelectMany(node => Enumerable.Repeat(node, 20)).Select(node => Task.Run(() => node.WriteAsync(async session =>
        {
            var value = BitConverter.ToInt64((await ReadAsync(session, "counter"))!);
            await Task.Yield();
            await PutAsync(session, "counter", BitConverter.GetBytes(value + 1));
            return true;
        }).AsTask())));

        Assert.Equal(60, BitConverter.ToInt64((await GetAsync(_store, "counter"))!));
    }

    [Fact]
    public async Task Relaxed_writes_are_seen_by_every_node_and_atomic()
    {
        var other = await fixture.OpenAsync();
        await _store.WriteRelaxedAsync(async session =>
        {
            await PutAsync(session, "a", [1]);
            await PutAsync(session, "b", [1]);
            return true;
        });

        Assert.Equal([1], await GetAsync(other, "a"));
        Assert.Equal([1], await GetAsync(other, "b"));
    }

    [Fact]
    public async Task A_write_runs_on_after_its_delegate_waited()
    {
        await _store.WriteAsync(async session =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
            await PutAsync(session, "late", [1]);
            return true;
        });

        Assert.Equal([1], await GetAsync(_store, "late"));
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.WriteAsync(session => PutAsync(session, "never", [1]), cancelled.Token));

        Assert.Null(await GetAsync(_store, "never"));
    }

    private static ValueTask<int> PutAsync(IConfigurationSession session, string name, byte[] value) => session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value", name, value);

    private static ValueTask<byte[]?> ReadAsync(IConfigurationSession session, string name) =>
        session.FirstAsync("SELECT value FROM settings WHERE name=?1", row => row.Bytes(0), name);

    private static async Task SetAsync(IConfigurationStore store, string name, byte[] value) => await store.WriteAsync(session => PutAsync(session, name, value));

    private static ValueTask<byte[]?> GetAsync(IConfigurationStore store, string name) => store.ReadAsync(session => ReadAsync(session, name));
}
