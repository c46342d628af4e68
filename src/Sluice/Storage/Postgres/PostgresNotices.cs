using Microsoft.Extensions.Logging;
using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Listens to one channel on a connection of its own, for as long as it is told to. Notices are hints: those sent while there was no connection are lost,
/// and the listener is called with null when that may have happened.
/// </summary>
internal sealed partial class PostgresNotices(PostgresSource source, string topic, Action<string?> heard, TimeProvider time, ILogger logger)
{
    private const int LongestSchema = 40;

    /// <summary>A connection on which nothing came for so long is asked whether it still is one.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    /// <summary>PostgreSQL takes 63 bytes. Where two schemas' names begin alike, their instances hear each other's hints, which does no harm.</summary>
    private string Channel => $"{(source.Schema.Length > LongestSchema ? source.Schema[..LongestSchema] : source.Schema)}/{topic}";

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stopping);
            }
            catch (Exception error) when (!stopping.IsCancellationRequested && (error is InvalidOperationException || PostgresErrors.Of(error) is not null))
            {
                Log.Broken(logger, topic, error.Message);
                await Task.Delay(Backoff, time, stopping);
            }
        }
    }

    /// <exception cref="StorageUnavailableException">It could not be sent.</exception>
    public async ValueTask TellAsync(string payload)
    {
        try
        {
            await using var command = source.Pool.CreateCommand("SELECT pg_notify($1, $2)");
            command.CommandTimeout = (int)AnswerLimit.TotalSeconds;
            command.Parameters.AddWithValue(Channel);
            command.Parameters.AddWithValue(payload);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await source.OpenUnpooledAsync(stopping);
        connection.Notification += (_, notice) => heard(notice.Payload);
        await ExecuteAsync(connection, $"LISTEN \"{Channel.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        heard(null);
        while (true)
        {
            if (!await connection.WaitAsync(Quiet, stopping)) await ExecuteAsync(connection, "SELECT 1");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)AnswerLimit.TotalSeconds };
        await command.ExecuteNonQueryAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "No notices about {Topic} for a moment, the connection broke: {Reason}")]
        public static partial void Broken(ILogger logger, string topic, string reason);
    }
}
