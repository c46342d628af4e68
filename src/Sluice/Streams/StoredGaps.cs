using Sluice.Storage.Sqlite;

namespace Sluice.Streams;

internal static class StoredGaps
{
    /// <summary>Adds or replaces a gap by its id. One that closes without an event in it never was one.</summary>
    public static void Put(Database connection, string destination, Gap gap)
    {
        if (gap.Last < gap.First)
        {
            Remove(connection, gap.Id);
            return;
        }

        using var put = connection.Prepare(
            """
            INSERT OR REPLACE INTO gaps (id, destination_id, reason, first, last, count, opened_at, closed_at, refilled_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """);
        put.Bind(1, gap.Id).Bind(2, destination).Bind(3, gap.Reason).Bind(4, gap.First).Bind(5, gap.Last).Bind(6, gap.Count)
            .Bind(7, gap.OpenedAt).Bind(8, gap.ClosedAt).Bind(9, gap.RefilledAt).Run();
    }

    private static void Remove(Database connection, string gap)
    {
        using var delete = connection.Prepare("DELETE FROM gaps WHERE id = ?1");
        delete.Bind(1, gap).Run();
    }

    public static List<Gap> Of(Database connection, string destination)
    {
        using var select = connection.Prepare(
            "SELECT id, reason, first, last, count, opened_at, closed_at, refilled_at FROM gaps WHERE destination_id = ?1 ORDER BY opened_at, first");
        select.Bind(1, destination);
        var gaps = new List<Gap>();
        while (select.Step())
        {
            gaps.Add(new Gap(
                select.Text(0), select.Text(1), select.Long(2), select.LongOrNull(3), select.LongOrNull(4),
                select.Long(5), select.LongOrNull(6), select.LongOrNull(7)));
        }

        return gaps;
    }

    public static long CountUnfilled(Database connection, string destination)
    {
        using var count = connection.Prepare("SELECT count(*) FROM gaps WHERE destination_id = ?1 AND refilled_at IS NULL");
        count.Bind(1, destination).Step();
        return count.Long(0);
    }

    public static void SetCount(Database connection, string gap, long events)
    {
        using var update = connection.Prepare("UPDATE gaps SET count = ?2 WHERE id = ?1");
        update.Bind(1, gap).Bind(2, events).Run();
    }
}
