using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>A ring of rows for each destination, and one for each replay: the newest takes the place of the oldest, so that nothing has to be trimmed.</summary>
internal sealed class StoredAttempts
{
    public static readonly StoredAttempts OfStreams = new("attempts", "destination_id");
    public static readonly StoredAttempts OfReplays = new("replay_attempts", "replay_id");

    private readonly string _insert, _select;

    private StoredAttempts(string table, string owner)
    {
        _insert = $"""
            INSERT INTO {table} ({owner}, slot, number, at, first_sequence, last_sequence, events, bytes, duration_ms, result, class, http_status, message)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT ({owner}, slot) DO UPDATE SET
                number=excluded.number, at=excluded.at, first_sequence=excluded.first_sequence, last_sequence=excluded.last_sequence, events=excluded.events,
                bytes=excluded.bytes, duration_ms=excluded.duration_ms, result=excluded.result, class=excluded.class, http_status=excluded.http_status, message=excluded.message
            """;
        _select = $"""
            SELECT number, at, first_sequence, last_sequence, events, bytes, duration_ms, result, class, http_status, message
            FROM {table} WHERE {owner}=?1 ORDER BY number DESC
            """;
    }

    /// <param name="owner">The destination or the replay.</param>
    public async ValueTask AddAsync(IConfigurationSession session, string owner, IReadOnlyList<Attempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            await session.ExecuteAsync(
                _insert,
                owner, attempt.Number % Attempt.Kept, attempt.Number, attempt.At, attempt.FirstSequence, attempt.LastSequence, attempt.Events,
                attempt.Bytes, attempt.DurationMilliseconds, attempt.Result, attempt.Class, attempt.HttpStatus, attempt.Message);
        }
    }

    /// <summary>Newest first.</summary>
    public ValueTask<IReadOnlyList<Attempt>> OfAsync(IConfigurationSession session, string owner) => session.QueryAsync(
        _select,
        row => new Attempt(
            row.Long(0), row.Long(1), row.Long(2), row.Long(3), (int)row.Long(4), row.Long(5), row.Long(6), row.Text(7), row.TextOrNull(8),
            (int?)row.LongOrNull(9), row.TextOrNull(10)),
        owner);
}
