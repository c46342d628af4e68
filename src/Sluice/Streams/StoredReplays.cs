using System.Text.Json;
using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>The statements behind <see cref="ReplayStore"/>.</summary>
internal static class StoredReplays
{
    private const string Select =
        """
        SELECT id, destination_id, source, first, last, condition, events_per_second, created_at, gap_id, sequences,
            status, cursor, sent, refused, state, first_available, reason, ended_at, total, fence, attempts FROM replays
        """;

    public static ValueTask<StoredReplay?> FindAsync(IConfigurationSession session, string destination, string id) =>
        session.FirstAsync(Select + " WHERE destination_id=?1 AND id=?2", Replay, destination, id);

    public static ValueTask<StoredReplay?> FindAsync(IConfigurationSession session, string id) => session.FirstAsync(Select + " WHERE id=?1", Replay, id);

    /// <summary>Newest first.</summary>
    public static ValueTask<IReadOnlyList<StoredReplay>> OfAsync(IConfigurationSession session, string destination) =>
        session.QueryAsync(Select + " WHERE destination_id=?1 ORDER BY id DESC", Replay, destination);

    public static ValueTask<IReadOnlyList<ReplayPlace>> RunningAsync(IConfigurationSession session) => session.QueryAsync(
        """
        SELECT r.id, r.destination_id, r.fence, r.node, d.updated_at, s.state
        FROM replays r JOIN destinations d ON d.id=r.destination_id JOIN streams s ON s.destination_id=r.destination_id WHERE r.status=?1 ORDER BY r.id
        """,
        row => new ReplayPlace(row.Text(0), row.Text(1), row.Long(2), row.TextOrNull(3), row.Long(4), StreamStore.State(row.Text(5)).Status),
        Name(ReplayStatus.Running));

    public static async ValueTask AddAsync(IConfigurationSession session, ReplayOrder order, StreamState state, long? total) => await session.ExecuteAsync(
        """
        INSERT INTO replays (id, destination_id, source, first, last, condition, events_per_second, created_at, gap_id, sequences, status, cursor, sent, refused, state, total, fence)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0, ?13, ?14, 0)
        """,
        order.Id, order.DestinationId, order.Source.Name(), order.First, order.Last, order.Filter, order.EventsPerSecond, order.CreatedAt, order.GapId,
        order.Sequences is { } sequences ? JsonSerializer.Serialize(sequences) : null, Name(ReplayStatus.Running), order.First - 1, StreamStore.Text(state), total);

    /// <summary>Forgets all but the newest of those that have ended.</summary>
    public static async ValueTask TrimAsync(IConfigurationSession session, string destination) => await session.ExecuteAsync(
        """
        DELETE FROM replays WHERE destination_id=?1 AND status<>?2
            AND id NOT IN (SELECT id FROM replays WHERE destination_id=?1 AND status<>?2 ORDER BY id DESC LIMIT ?3)
        """,
        destination, Name(ReplayStatus.Running), ReplayOrder.Remembered);

    public static async ValueTask<ReplayAdmission> AdmitAsync(IConfigurationSession session, ReplayOrder order)
    {
        var running = await session.QueryAsync(
            "SELECT source, gap_id FROM replays WHERE destination_id=?1 AND status=?2", row => (Source: row.Text(0), Gap: row.TextOrNull(1)),
            order.DestinationId, Name(ReplayStatus.Running));
        var isThere = running.Any(other => other.Source == order.Source.Name() && other.Gap == order.GapId);
        if (isThere && order.Source != ReplaySource.Range) return ReplayAdmission.RunsAlready;
        return running.Count >= ReplayOrder.MostRunning ? ReplayAdmission.TooMany : ReplayAdmission.Admitted;
    }

    public static async ValueTask WriteAsync(IConfigurationSession session, ReplayChange change, long fence)
    {
        var (order, standing) = (change.Order, change.Standing);
        var rows = await session.ExecuteAsync(
            """
            UPDATE replays SET status=?4, cursor=?5, sent=?6, refused=?7, state=?8, first_available=?9, reason=?10, ended_at=?11, attempts=CASE WHEN ?12>attempts THEN ?12 ELSE attempts END
            WHERE id=?1 AND fence=?2 AND status=?3
            """,
            order.Id, fence, Name(ReplayStatus.Running), Name(standing.Status), standing.Cursor, standing.Sent, standing.Refused, StreamStore.Text(standing.State),
            standing.FirstAvailable, standing.Reason, standing.EndedAt, change.Attempts.Count > 0 ? change.Attempts[^1].Number : 0);
        if (rows == 0) throw new StaleReplayException(order.Id);
        await StoredAttempts.OfReplays.AddAsync(session, order.Id, change.Attempts);
        await TakeLettersOffAsync(session, order.DestinationId, change.Taken);
        if (change.WithdrawFrom is { } first) await StoredDeadLetters.RemoveFromAsync(session, order.DestinationId, order.Id, first);
        if (order.Source == ReplaySource.DeadLetters) await StoredDeadLetters.RefuseAgainAsync(session, order.DestinationId, change.DeadLetters);
        else await StoredDeadLetters.AddOfReplayAsync(session, order.DestinationId, change.DeadLetters);
        if (change.Gap is { } gap) await StoredGaps.PutAsync(session, order.DestinationId, gap);
        if (standing.Status == ReplayStatus.Completed) await CompleteAsync(session, order, standing);
    }

    public static string Name(this ReplayStatus status) => status.ToString().ToLowerInvariant();

    public static string Name(this ReplaySource source) => source == ReplaySource.DeadLetters ? "dead_letters" : source.ToString().ToLowerInvariant();

    private static async ValueTask TakeLettersOffAsync(IConfigurationSession session, string destination, IReadOnlyList<long> taken)
    {
        if (taken.Count == 0) return;
        var there = await StoredDeadLetters.SequencesAsync(session, destination, taken[0], taken[^1], int.MaxValue);
        if (there.Count == 0) return;
        foreach (var sequence in there.Intersect(taken)) await StoredDeadLetters.RemoveAsync(session, destination, sequence);
    }

    private static async ValueTask CompleteAsync(IConfigurationSession session, ReplayOrder order, ReplayStanding standing)
    {
        await session.ExecuteAsync("UPDATE replays SET total=sent+refused WHERE id=?1 AND total IS NULL", order.Id);
        if (order.GapId is { } gap) await session.ExecuteAsync("UPDATE gaps SET refilled_at=?2 WHERE id=?1", gap, standing.EndedAt);
    }

    private static StoredReplay Replay(IConfigurationRow row) => new(Order(row), Standing(row), row.LongOrNull(18), row.Long(19), row.Long(20));

    private static ReplayOrder Order(IConfigurationRow row) => new(
        row.Text(0), row.Text(1), Enum.GetValues<ReplaySource>().Single(source => source.Name() == row.Text(2)), row.Long(3), row.Long(4), row.TextOrNull(5),
        (int?)row.LongOrNull(6), row.Long(7))
    {
        GapId = row.TextOrNull(8),
        Sequences = row.TextOrNull(9) is { } sequences ? JsonSerializer.Deserialize<long[]>(sequences) : null,
    };

    private static ReplayStanding Standing(IConfigurationRow row) => new(
        Enum.GetValues<ReplayStatus>().Single(status => status.Name() == row.Text(10)), row.Long(11), row.Long(12), row.Long(13), StreamStore.State(row.Text(14)))
    {
        FirstAvailable = row.LongOrNull(15),
        Reason = row.TextOrNull(16),
        EndedAt = row.LongOrNull(17),
    };
}
