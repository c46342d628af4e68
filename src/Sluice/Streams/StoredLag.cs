using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>A ring of rows for each destination: each minute takes the place of the one a day before. Two nodes that look at the same minute write the same row.</summary>
internal static class StoredLag
{
    /// <returns>How many destinations were still there.</returns>
    public static async ValueTask<int> PutAsync(IConfigurationSession session, IReadOnlyList<(string Destination, LagSample Sample)> samples)
    {
        var rows = 0;
        // In one order, or two nodes could wait for each other.
        foreach (var (destination, sample) in samples.OrderBy(its => its.Destination, StringComparer.Ordinal))
        {
            rows += await session.ExecuteAsync(
                """
                INSERT INTO lag_samples (destination_id, slot, at, events, seconds) SELECT id, ?2, ?3, ?4, ?5 FROM destinations WHERE id=?1
                ON CONFLICT (destination_id, slot) DO UPDATE SET at=excluded.at, events=excluded.events, seconds=excluded.seconds
                """,
                destination, sample.At / LagSample.Step % LagSample.Kept, sample.At, sample.Events, sample.Seconds);
        }

        return rows;
    }

    /// <summary>Oldest first.</summary>
    public static ValueTask<IReadOnlyList<LagSample>> SinceAsync(IConfigurationSession session, string destination, long since) => session.QueryAsync(
        "SELECT at, events, seconds FROM lag_samples WHERE destination_id=?1 AND at>?2 ORDER BY at",
        row => new LagSample(row.Long(0), row.Long(1), row.Long(2)), destination, since);
}
