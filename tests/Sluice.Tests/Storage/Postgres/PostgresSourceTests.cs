using Npgsql;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Testing;

namespace Sluice.Tests.Storage.Postgres;

public sealed class PostgresSourceTests
{
    [Fact]
    public async Task A_session_is_durable_and_loses_a_transaction_that_it_forgot()
    {
        await using var source = PostgresSource.Open(await SharedPostgres.NewDatabaseAsync(), "a");

        Assert.Equal("on", await ShowAsync(source, "synchronous_commit"));
        Assert.Equal("3s", await ShowAsync(source, "idle_in_transaction_session_timeout"));
        Assert.Equal("sluice a", await ShowAsync(source, "application_name"));
        Assert.Equal(PostgresSource.DefaultSchema, await ShowAsync(source, "search_path"));
    }

    [Fact]
    public async Task What_the_user_says_in_the_connection_string_holds()
    {
        var text = await SharedPostgres.NewDatabaseAsync() + ";Search Path=audit;Application Name=mine;Options=-c synchronous_commit=remote_apply";
        await using var source = PostgresSource.Open(text, "a");

        Assert.Equal("audit", source.Schema);
        Assert.Equal("remote_apply", await ShowAsync(source, "synchronous_commit"));
        Assert.Equal("mine", await ShowAsync(source, "application_name"));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=1", "cannot be reached")]
    public async Task A_server_that_is_not_there_is_said_to_be_unavailable(string text, string said)
    {
        await using var source = PostgresSource.Open(text, "a");

        var error = await Assert.ThrowsAnyAsync<StorageUnavailableException>(() => source.OpenAsync(default).AsTask());

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        var text = new NpgsqlConnectionStringBuilder(await SharedPostgres.NewDatabaseAsync()) { Database = "nowhere" }.ConnectionString;
        await using var source = PostgresSource.Open(text, "a");

        var error = await Assert.ThrowsAnyAsync<StorageUnavailableException>(() => source.OpenAsync(default).AsTask());

        Assert.Contains("\"nowhere\"", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ShowAsync(PostgresSource source, string setting)
    {
        await using var connection = await source.OpenAsync(default);
        await using var command = new NpgsqlCommand($"SHOW {setting}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
