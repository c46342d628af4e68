using Sluice.Storage;

namespace Sluice.Streams;

internal static class StoredDeadLetters
{
    public static async ValueTask AddAsync(IConfigurationSession session, string destination, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO dead_letters (destination_id, sequence, id, tenant_id, reason, class, at, attempts)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                ON CONFLICT (destination_id, sequence) DO UPDATE SET
                    id=excluded.id, tenant_id=excluded.tenant_id, reason=excluded.reason, class=excluded.class, at=excluded.at, attempts=excluded.attempts
                """,
                destination, letter.Sequence, letter.Id, letter.TenantId, letter.Reason, letter.Class.Name(), letter.At, letter.Attempts);
        }
    }

    public static ValueTask<IReadOnlyList<DeadLetter>> AfterAsync(IConfigurationSession session, string destination, long after, int max) => session.QueryAsync(
        "SELECT sequence, id, tenant_id, reason, class, at, attempts FROM dead_letters WHERE destination_id=?1 AND sequence>?2 ORDER BY sequence LIMIT ?3",
        row => new DeadLetter(row.Long(0), row.Text(1), row.Text(2), row.Text(3), Class(row.Text(4)), row.Long(5), (int)row.Long(6)),
        destination, after, max);

    public static async ValueTask<bool> RemoveAsync(IConfigurationSession session, string destination, long sequence) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE destination_id=?1 AND sequence=?2", destination, sequence) > 0;

    public static async ValueTask RemoveFromAsync(IConfigurationSession session, string destination, long first) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE destination_id=?1 AND sequence>=?2", destination, first);

    public static ValueTask<long> CountAsync(IConfigurationSession session, string destination) =>
        session.LongAsync("SELECT count(*) FROM dead_letters WHERE destination_id=?1", destination);

    private static ErrorClass Class(string name) => Enum.GetValues<ErrorClass>().Single(error => error.Name() == name);
}
