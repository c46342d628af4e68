using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>What nodes have leased of each minute's sum.</summary>
internal static class RateWindowTable
{
    /// <returns>Whether the part still fitted into the limit.</returns>
    public static ValueTask<bool> TryLeaseAsync(IConfigurationStore store, string name, long minute, long part, long limit, CancellationToken cancellation) => store.WriteRelaxedAsync(async session =>
    {
        await session.ExecuteAsync("DELETE FROM rate_windows WHERE name=?1 AND minute < ?2", name, minute);
        return await session.ExecuteAsync(
            """
            INSERT INTO rate_windows (name, minute, used) VALUES (?1, ?2, ?3)
            ON CONFLICT (name, minute) DO UPDATE SET used = rate_windows.used + excluded.used WHERE rate_windows.used + excluded.used <= ?4
            """,
            name, minute, part, limit) > 0;
    }, cancellation);
}
