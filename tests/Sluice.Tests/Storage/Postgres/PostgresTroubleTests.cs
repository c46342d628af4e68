using System.Diagnostics;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Testing;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>The configuration while its database is in trouble: said in bounded time, and over when the trouble is.</summary>
public sealed class PostgresTroubleTests : IAsyncLifetime
{
    /// <summary>Six seconds, and what a busy test machine adds.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(8);

    private PostgresServer _server = null!;
    private PostgresSource _source = null!;
    private PostgresConfiguration _store = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _source = PostgresSource.Open(_server.ConnectionString(), "a");
        await PostgresSchema.ApplyAsync(_source, [SchemaPart.Configuration]);
        _store = new PostgresConfiguration(_source);
        await PutAsync("before");
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_server_is_unavailable_and_what_was_begun_is_gone_when_it_is_back()
    {
        await UnavailableAsync(() => _store.WriteAsync(async session =>
        {
            await PutAsync(session, "half");
            _server.Kill();
            await PutAsync(session, "other half");
            return true;
        }));
        await UnavailableAsync(() => _store.ReadAsync(CountAsync));

        await _server.StartAgainAsync();

        Assert.Equal(1, await _store.ReadAsync(CountAsync));
        await PutAsync("after");
    }

    [Fact]
    public async Task A_server_that_hangs_is_unavailable_and_goes_on_afterwards()
    {
        await _server.SignalAllAsync("STOP");
        try
        {
            await Task.WhenAll(
                UnavailableAsync(() => _store.ReadAsync(CountAsync)),
                UnavailableAsync(() => _store.WriteAsync(session => PutAsync(session, "lost"))),
                UnavailableAsync(() => _store.WriteRelaxedAsync(session => PutAsync(session, "lost too"))));
        }
        finally
        {
            await _server.SignalAllAsync("CONT");
        }

        await PutAsync("after");
    }

    internal static async Task UnavailableAsync<T>(Func<ValueTask<T>> call)
    {
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<StorageUnavailableException>(async () => await call());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, LongestAnswer);
    }

    private async Task PutAsync(string name) => await _store.WriteAsync(session => PutAsync(session, name));

    private static ValueTask<int> PutAsync(IConfigurationSession session, string name) => session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value", name, new byte[] { 1 });

    private static ValueTask<long> CountAsync(IConfigurationSession session) => session.LongAsync("SELECT count(*) FROM settings");
}
