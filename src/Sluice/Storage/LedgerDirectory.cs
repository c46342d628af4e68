using Sluice.Tenants;

namespace Sluice.Storage;

/// <summary>The ledgers of an instance: <c>main</c>, and that of Sluice's own tenant.</summary>
public sealed class LedgerDirectory(ILedgerStore main, ILedgerStore sluice) : IAsyncDisposable
{
    public ILedgerStore Main => main;

    public ILedgerStore Sluice => sluice;

    public ILedgerStore? Find(string name) => name == main.Name ? main : name == sluice.Name ? sluice : null;

    /// <summary>The ledger that keeps a tenant's events.</summary>
    public ILedgerStore OfTenant(string? tenant) => tenant == TenantNames.Sluice ? sluice : main;

    public async ValueTask DisposeAsync()
    {
        await main.DisposeAsync();
        await sluice.DisposeAsync();
    }
}
