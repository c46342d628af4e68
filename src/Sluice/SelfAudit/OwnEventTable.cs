using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>
/// Own events that wait for the ledger, written in the transaction of the change that they tell of: both happen, or neither. Whatever process made the
/// change, a server brings them over; the ledger knows an id that comes twice.
/// </summary>
internal static class OwnEventTable
{
    public static async ValueTask AddAsync(IConfigurationSession session, OwnEvent told) => await session.ExecuteAsync(
        "INSERT INTO own_events (id, place, body) SELECT ?1, coalesce(max(place), 0) + 1, ?2 FROM own_events WHERE true ON CONFLICT (id) DO NOTHING", told.Id, told.Spelled());

    /// <summary>In the order in which they were committed.</summary>
    public static ValueTask<IReadOnlyList<(string Id, byte[] Body)>> FirstAsync(IConfigurationSession session, int max) =>
        session.QueryAsync("SELECT id, body FROM own_events ORDER BY place, id LIMIT ?1", row => (row.Text(0), row.Bytes(1)), max);

    public static async ValueTask RemoveAsync(IConfigurationSession session, IEnumerable<string> ids)
    {
        foreach (var id in ids) await session.ExecuteAsync("DELETE FROM own_events WHERE id=?1", id);
    }
}
