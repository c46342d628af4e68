using Npgsql;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Testing;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>Writers that stand in each other's way.</summary>
public sealed class PostgresCollisionTests : IAsyncLifetime
{
    private PostgresSource _source = null!;
    private PostgresConfiguration _store = null!;

    public async ValueTask InitializeAsync()
    {
        _source = PostgresSource.Open(await SharedPostgres.NewDatabaseAsync(), "collides");
        await PostgresSchema.ApplyAsync(_source, [SchemaPart.Configuration]);
        _store = new PostgresConfiguration(_source);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task A_writer_that_hangs_keeps_the_others_out_for_no_longer_than_its_session_may_idle()
    {
        await using var hung = await _source.OpenAsync(default);
        await using var transaction = await hung.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({PostgresLock.KeyOf("sluice configuration", _source.Schema)})", hung);
        await hold.ExecuteNonQueryAsync();

        await PostgresTroubleTests.UnavailableAsync(() => _store.WriteAsync(session => PutAsync(session, "too early")));
        await _store.WriteRelaxedAsync(session => PutAsync(session, "beside it"));
        await PutAsync("after");
    }

    [Fact]
    public async Task Transactions_that_meet_are_tried_again()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        await PutAsync("a");
        await PutAsync("b");

        await Task.WhenAll(CrossAsync("a", "b", first, second.Task), CrossAsync("b", "a", second, first.Task));
    }

    [Fact]
    public async Task A_server_that_became_a_replica_is_left_for_the_one_that_is_none()
    {
        await _store.ReadAsync(CountAsync);
        await PostgresTroubleTests.UnavailableAsync(() => _store.WriteAsync(async session =>
        {
            await session.ExecuteAsync("SET LOCAL transaction_read_only = on");
            return await PutAsync(session, "refused");
        }));

        await using var source = await _source.OpenAsync(default);
        Assert.Equal(1L, await new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sluice collides'", source).ExecuteScalarAsync());
    }

    /// <summary>Two relaxed writes that take two rows in opposite order: PostgreSQL ends one of them as a deadlock.</summary>
    private async Task CrossAsync(string one, string other, TaskCompletionSource mine, Task theirs) => await _store.WriteRelaxedAsync(async session =>
    {
        await PutAsync(session, one);
        mine.TrySetResult();
        await theirs;
        return await PutAsync(session, other);
    });

    private async Task PutAsync(string name) => await _store.WriteAsync(session => PutAsync(session, name));

    private static ValueTask<int> PutAsync(IConfigurationSession session, string name) => session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value", name, new byte[] { 1 });

    private static ValueTask<long> CountAsync(IConfigurationSession session) => session.LongAsync("SELECT count(*) FROM settings");
}
