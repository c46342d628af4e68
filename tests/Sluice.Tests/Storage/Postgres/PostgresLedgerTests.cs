using Sluice.Storage;

namespace Sluice.Tests.Storage.Postgres;

public sealed class PostgresLedgerTests : LedgerContract, IAsyncLifetime
{
    private LedgerDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await LedgerDatabase.NewAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private protected override async Task<ILedgerStore> OpenAsync() => await _database.OpenAsync();
}
