using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>One row for each event that a destination refuses, whoever sent it.</summary>
internal static class StoredDeadLetters
{
    private const string Select = "SELECT sequence, id, tenant_id, reason, class, at, attempts, replay_id FROM dead_letters WHERE destination_id=?1";

    private const string Insert =
        """
        INSERT INTO dead_letters (destination_id, sequence, id, tenant_id, reason, class, at, attempts, replay_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    /// <summary>What the stream set aside is the stream's from then on, although a replay may have been refused it before.</summary>
    public static ValueTask AddAsync(IConfigurationSession session, string destination, IReadOnlyList<DeadLetter> letters) => PutAsync(session, destination, letters,
        """
        ON CONFLICT (destination_id, sequence) DO UPDATE SET id=excluded.id, tenant_id=excluded.tenant_id, reason=excluded.reason, class=excluded.class,
            at=excluded.at, attempts=excluded.attempts, replay_id=excluded.replay_id
        """);

    /// <summary>What a replay set aside. A row that is there stays whose it was: only whoever set an event aside may take that back.</summary>
    public static ValueTask AddOfReplayAsync(IConfigurationSession session, string destination, IReadOnlyList<DeadLetter> letters) => PutAsync(session, destination, letters,
        """
        ON CONFLICT (destination_id, sequence) DO UPDATE SET reason=excluded.reason, class=excluded.class, at=excluded.at, attempts=dead_letters.attempts+excluded.attempts
        """);

    /// <summary>The same for those that are still there: one that was forgotten while it was sent again does not come back.</summary>
    public static async ValueTask RefuseAgainAsync(IConfigurationSession session, string destination, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            await session.ExecuteAsync(
                "UPDATE dead_letters SET reason=?3, class=?4, at=?5, attempts=attempts+?6 WHERE destination_id=?1 AND sequence=?2",
                destination, letter.Sequence, letter.Reason, letter.Class.Name(), letter.At, letter.Attempts);
        }
    }

    /// <param name="replay">Only those that this replay set aside.</param>
    public static ValueTask<IReadOnlyList<DeadLetter>> AfterAsync(IConfigurationSession session, string destination, long after, int max, string? replay = null) => replay is null
        ? session.QueryAsync(Select + " AND sequence>?2 ORDER BY sequence LIMIT ?3", Letter, destination, after, max)
        : session.QueryAsync(Select + " AND sequence>?2 AND replay_id=?4 ORDER BY sequence LIMIT ?3", Letter, destination, after, max, replay);

    public static ValueTask<DeadLetter?> FindAsync(IConfigurationSession session, string destination, long sequence) =>
        session.FirstAsync(Select + " AND sequence=?2", Letter, destination, sequence);

    /// <summary>At most so many of those from first to last, the lowest first.</summary>
    public static ValueTask<IReadOnlyList<long>> SequencesAsync(IConfigurationSession session, string destination, long first, long last, int max) => session.QueryAsync(
        "SELECT sequence FROM dead_letters WHERE destination_id=?1 AND sequence>=?2 AND sequence<=?3 ORDER BY sequence LIMIT ?4", row => row.Long(0), destination, first, last, max);

    public static async ValueTask<bool> RemoveAsync(IConfigurationSession session, string destination, long sequence) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE destination_id=?1 AND sequence=?2", destination, sequence) > 0;

    /// <summary>Takes back those of the stream.</summary>
    public static async ValueTask RemoveFromAsync(IConfigurationSession session, string destination, long first) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE destination_id=?1 AND sequence>=?2 AND replay_id IS NULL", destination, first);

    /// <summary>Takes back those of a replay.</summary>
    public static async ValueTask RemoveFromAsync(IConfigurationSession session, string destination, string replay, long first) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE destination_id=?1 AND sequence>=?2 AND replay_id=?3", destination, first, replay);

    public static ValueTask<long> CountAsync(IConfigurationSession session, string destination) =>
        session.LongAsync("SELECT count(*) FROM dead_letters WHERE destination_id=?1", destination);

    private static async ValueTask PutAsync(IConfigurationSession session, string destination, IReadOnlyList<DeadLetter> letters, string onConflict)
    {
        foreach (var letter in letters)
        {
            await session.ExecuteAsync(
                $"{Insert} {onConflict}",
                destination, letter.Sequence, letter.Id, letter.TenantId, letter.Reason, letter.Class.Name(), letter.At, letter.Attempts, letter.ReplayId);
        }
    }

    private static DeadLetter Letter(IConfigurationRow row) =>
        new(row.Long(0), row.Text(1), row.Text(2), row.Text(3), Class(row.Text(4)), row.Long(5), (int)row.Long(6)) { ReplayId = row.TextOrNull(7) };

    private static ErrorClass Class(string name) => Enum.GetValues<ErrorClass>().Single(error => error.Name() == name);
}
