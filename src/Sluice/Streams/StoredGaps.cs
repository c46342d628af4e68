using Sluice.Storage;

namespace Sluice.Streams;

internal static class StoredGaps
{
    /// <summary>Adds or replaces a gap by its id. One that closes without an event in it never was one.</summary>
    public static async ValueTask PutAsync(IConfigurationSession session, string destination, Gap gap)
    {
        if (gap.Last < gap.First)
        {
            await session.ExecuteAsync("DELETE FROM gaps WHERE id=?1", gap.Id);
            return;
        }

        await session.ExecuteAsync(
            """
            INSERT INTO gaps (id, destination_id, reason, first, last, count, opened_at, closed_at, refilled_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (id) DO UPDATE SET
                destination_id=excluded.destination_id, reason=excluded.reason, first=excluded.first, last=excluded.last, count=excluded.count,
                opened_at=excluded.opened_at, closed_at=excluded.closed_at, refilled_at=excluded.refilled_at
            """,
            gap.Id, destination, gap.Reason, gap.First, gap.Last, gap.Count, gap.OpenedAt, gap.ClosedAt, gap.RefilledAt);
    }

    public static ValueTask<IReadOnlyList<Gap>> OfAsync(IConfigurationSession session, string destination) => session.QueryAsync(
        "SELECT id, reason, first, last, count, opened_at, closed_at, refilled_at FROM gaps WHERE destination_id=?1 ORDER BY opened_at, first",
        row => new Gap(row.Text(0), row.Text(1), row.Long(2), row.LongOrNull(3), row.LongOrNull(4), row.Long(5), row.LongOrNull(6), row.LongOrNull(7)),
        destination);

    public static ValueTask<long> CountUnfilledAsync(IConfigurationSession session, string destination) =>
        session.LongAsync("SELECT count(*) FROM gaps WHERE destination_id=?1 AND refilled_at IS NULL", destination);

    public static ValueTask<int> SetCountAsync(IConfigurationSession session, string gap, long events) =>
        session.ExecuteAsync("UPDATE gaps SET count=?2 WHERE id=?1", gap, events);
}
