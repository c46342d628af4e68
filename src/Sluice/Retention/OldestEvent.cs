using Sluice.Storage;

namespace Sluice.Retention;

/// <summary>The oldest event that a ledger keeps.</summary>
public static class OldestEvent
{
    /// <summary>When it was persisted; null when there is none.</summary>
    public static async ValueTask<long?> PersistedAtAsync(ILedgerReader ledger, CancellationToken cancellation)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, ledger.First, ledger.Size, 1, 1, cancellation);
        return page.Count > 0 ? page[0].PersistedAt : null;
    }
}
