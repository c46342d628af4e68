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
        using (var file = new FileStream(run, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))   // the ledger may be reading it
        {
            file.Position = 5000;
            file.WriteByte(0xAA);
        }

        Assert.False(Sluice.Storage.Index.IndexFile.IsIntact(run));
    }

    [Fact]
    public async Task A_run_of_a_version_that_kept_one_time_is_built_again_from_bodies()
    {
        const int Run = Sluice.Storage.Index.IndexTail.Capacity;
        await using (var ledger = await OpenAsync())
        {
            for (var from = 0; from < 70_000; from += 10_000)
            {
                using var batch = Batch(from, 10_000);
                await ledger.AppendAsync([batch], default);
            }
        }

        using (var file = File.OpenWrite(Assert.Single(Directory.GetFiles(Path.Combine(_folder, "index")))))
            file.SetLength(Sluice.Storage.Index.IndexFile.LengthFor(Run) - Sluice.Storage.Index.IndexFile.TimesBytes(Run));

        await using var reopened = await OpenAsync();
        var places = new List<TimePlace>();
        await reopened.Index.FindByTimeAsync(IndexTerm.Everything.Instance, new SequenceSpan(0, Run, false), TimeSlice.Between(TimeKind.EndedAt, Time(10), Time(12), true), places, 9, default);
        Assert.Equal([12, 11, 10], places.Select(place => place.Sequence));
    }

    private protected override Task<ILedgerStore> OpenAsync() => Task.FromResult<ILedgerStore>(SqliteLedger.Open("main", _folder, TimeProvider.System, NullLogger.Instance));
}
