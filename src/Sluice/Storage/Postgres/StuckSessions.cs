using Microsoft.Extensions.Logging;
using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Ends the session of a node that hangs while it holds a ledger's row lock. The server ends one that is idle by itself; one from which it waits for the
/// rest of a COPY it does not, for ever. Its transaction rolls back, and nobody was told that it had succeeded.
/// </summary>
internal sealed partial class StuckSessions(PostgresSource source, ILogger logger)
{
    private const string EndBlockers =
        """
        SELECT application_name, pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid = ANY(pg_blocking_pids($1)) AND datname = current_database() AND usename = current_user
        AND (application_name LIKE 'sluice %' OR application_name = current_setting('application_name')) AND xact_start < clock_timestamp() - $2
        """;

    /// <param name="waiting">The server's process that waits.</param>
    public async ValueTask EndWhoBlocksAsync(int waiting, Patience patience)
    {
        try
        {
            foreach (var node in await patience.Await(EndAsync(source.Pool, waiting))) Log.Ended(logger, node);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is not null)
        {
            // The append tells what is wrong; this was only help.
        }
    }

    private static async Task<List<string>> EndAsync(NpgsqlDataSource pool, int waiting)
    {
        await using var connection = await pool.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(EndBlockers, connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = waiting }, new NpgsqlParameter<TimeSpan> { TypedValue = PostgresSource.IdleInTransaction } },
        };
        var ended = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) ended.Add(reader.GetString(0));
        return ended;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The database session of {Node} held the ledger's lock without going on, and was ended. Nothing that was acknowledged is lost.")]
        public static partial void Ended(ILogger logger, string node);
    }
}
