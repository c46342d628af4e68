using Sluice.Secrets;
using Sluice.Server.Configuration;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Server.Startup;

/// <summary>Opens the ledgers on whichever engine the settings name, once, before anything reads or writes them.</summary>
internal sealed class OpenedLedgers(IServiceProvider services, SluiceSettings settings)
{
    private LedgerDirectory? _opened;

    public LedgerDirectory Directory => _opened ?? throw new InvalidOperationException("The ledgers are used before they were opened.");

    public async Task OpenAsync()
    {
        var main = await OpenAsync(LedgerIdentities.MainLedger);
        try
        {
            _opened = new LedgerDirectory(main, await OpenAsync(TenantNames.Sluice));
        }
        catch
        {
            await main.DisposeAsync();
            throw;
        }
    }

    private async Task<ILedgerStore> OpenAsync(string name)
    {
        var (folder, time) = (Path.Combine(settings.Data, "ledger", name), services.GetRequiredService<TimeProvider>());
        if (services.GetService<PostgresSource>() is not { } source) return SqliteLedger.Open(name, folder, time, services.GetRequiredService<ILogger<SqliteLedger>>());
        return await PostgresLedger.OpenAsync(name, source, folder, time, services.GetRequiredService<ILogger<PostgresLedger>>());
    }
}
