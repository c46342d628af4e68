using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>A ring of rows for each destination: the newest takes the place of the oldest, so that nothing has to be trimmed.</summary>
internal static class StoredAttempts
{
    public static async ValueTask AddAsync(IConfigurationSession session, string destination, IReadOnlyList<Attempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO attempts (destination_id, slot, number, at, first_sequence, last_sequence, events, bytes, duration_ms, result, class, http_status, message)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                ON CONFLICT (destination_id, slot) DO UPDATE SET
                    number=excluded.number, at=excluded.at, first_sequence=excluded.first_sequence, last_sequence=excluded.last_sequence, events=excluded.events,
                    bytes=excluded.bytes, duration_ms=excluded.duration_ms, result=excluded.result, class=excluded.class, http_status=excluded.http_status, message=excluded.message
                """,
                destination, attempt.Number % Attempt.Kept, attempt.Number, attempt.At, attempt.FirstSequence, attempt.LastSequence, attempt.Events,
                attempt.Bytes, attempt.DurationMilliseconds, attempt.Result, attempt.Class, attempt.HttpStatus, attempt.Message);
        }
    }

    /// <summary>Newest first.</summary>
    public static ValueTask<IReadOnlyList<Attempt>> OfAsync(IConfigurationSession session, string destination) => session.QueryAsync(
        """
        SELECT number, at, first_sequence, last_sequence, events, bytes, duration_ms, result, class, http_status, message
        FROM attempts WHERE destination_id=?1 ORDER BY number DESC
        """,
        row => new Attempt(
            row.Long(0), row.Long(1), row.Long(2), row.Long(3), (int)row.Long(4), row.Long(5), row.Long(6), row.Text(7), row.TextOrNull(8),
            (int?)row.LongOrNull(9), row.TextOrNull(10)),
        destination);
}
