using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>Columns beside each cursor, only ever added to: whoever counts needs no fence.</summary>
internal static class StoredTotals
{
    /// <returns>How many destinations were still there.</returns>
    public static async ValueTask<int> AddAsync(IConfigurationSession session, IReadOnlyList<(string Destination, StreamTotals Totals)> counted)
    {
        var rows = 0;
        // In one order, or two nodes could wait for each other.
        foreach (var (destination, totals) in counted.OrderBy(its => its.Destination, StringComparer.Ordinal))
        {
            rows += await session.ExecuteAsync(
                "UPDATE streams SET delivered=delivered+?2, refused=refused+?3, retries=retries+?4, bytes=bytes+?5 WHERE destination_id=?1",
                destination, totals.Delivered, totals.Refused, totals.Retries, totals.Bytes);
        }

        return rows;
    }

    public static ValueTask<StreamTotals> OfAsync(IConfigurationSession session, string destination) => session.FirstAsync(
        "SELECT delivered, refused, retries, bytes FROM streams WHERE destination_id=?1",
        row => new StreamTotals(row.Long(0), row.Long(1), row.Long(2), row.Long(3)), destination);
}
