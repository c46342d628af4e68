using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Events;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Tests.Storage;

public sealed class SqliteLedgerTests : LedgerContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-ledger-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_damaged_or_lost_run_is_built_again_from_bodies()
    {
        await using (var ledger = await OpenAsync())
        {
            for (var from = 0; from < 70_000; from += 10_000)
            {
                using var batch = Batch(from, 10_000);
                await ledger.AppendAsync([batch], default);
            }
        }

        var run = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "index")));
        File.Delete(run);

        await using var reopened = await OpenAsync();
        await AssertFinds(reopened, new IndexTerm.Key(IndexKind.Actor, KeyHash.Of("usr_7"u8)), false, i => i % 100 == 7);
        Assert.True(Sluice.Storage.Index.IndexFile.IsIntact(run));
        using (var file = File.OpenWrite(run))
        {
            file.Position = 5000;
            file.WriteByte(0xAA);
        }

        Assert.False(Sluice.Storage.Index.IndexFile.IsIntact(run));
    }

    private protected override Task<ILedgerStore> OpenAsync() => Task.FromResult<ILedgerStore>(SqliteLedger.Open("main", _folder, TimeProvider.System, NullLogger.Instance));
}
