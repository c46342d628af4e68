using Sluice.Storage.Sqlite;

namespace Sluice.Streams;

internal static class StoredDeadLetters
{
    public static void Add(Database connection, string destination, IReadOnlyList<DeadLetter> letters)
    {
        if (letters.Count == 0) return;
        using var insert = connection.Prepare(
            """
            INSERT OR REPLACE INTO dead_letters (destination_id, sequence, id, tenant_id, reason, class, at, attempts)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """);
        foreach (var letter in letters)
        {
            insert.Bind(1, destination).Bind(2, letter.Sequence).Bind(3, letter.Id).Bind(4, letter.TenantId).Bind(5, letter.Reason)
                .Bind(6, letter.Class.Name()).Bind(7, letter.At).Bind(8, letter.Attempts).Run();
        }
    }

    public static List<DeadLetter> After(Database connection, string destination, long after, int max)
    {
        using var select = connection.Prepare(
            "SELECT sequence, id, tenant_id, reason, class, at, attempts FROM dead_letters WHERE destination_id = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3");
        select.Bind(1, destination).Bind(2, after).Bind(3, max);
        var letters = new List<DeadLetter>();
        while (select.Step())
        {
            letters.Add(new DeadLetter(
                select.Long(0), select.Text(1), select.Text(2), select.Text(3), Class(select.Text(4)), select.Long(5), (int)select.Long(6)));
        }

        return letters;
    }

    public static bool Remove(Database connection, string destination, long sequence)
    {
        using var delete = connection.Prepare("DELETE FROM dead_letters WHERE destination_id = ?1 AND sequence = ?2");
        delete.Bind(1, destination).Bind(2, sequence).Run();
        return connection.Changes > 0;
    }

    public static void RemoveFrom(Database connection, string destination, long first)
    {
        using var delete = connection.Prepare("DELETE FROM dead_letters WHERE destination_id = ?1 AND sequence >= ?2");
        delete.Bind(1, destination).Bind(2, first).Run();
    }

    public static long Count(Database connection, string destination)
    {
        using var count = connection.Prepare("SELECT count(*) FROM dead_letters WHERE destination_id = ?1");
        count.Bind(1, destination).Step();
        return count.Long(0);
    }

    private static ErrorClass Class(string name) => Enum.GetValues<ErrorClass>().Single(error => error.Name() == name);
}
