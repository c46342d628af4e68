using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Tests.Storage;

[Collection(FilledLedgerTests.Name)]
public sealed class SqliteRetentionTests(FilledLedger filled) : RetentionContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override long Segment => SegmentFile.Capacity;

    public void Dispose() => _folder.Dispose();

    protected override Task<ILedgerStore> OpenFilledAsync()
    {
        filled.CopyTo(_folder.Path);
        return Task.FromResult<ILedgerStore>(FilledLedger.Open(_folder.Path));
    }

    [Fact]
    public async Task A_process_that_is_killed_at_any_step_opens_right()
    {
        filled.CopyTo(_folder.Path);
        var (record, segment, index) = (DroppedArchive.PathOf(_folder.Path), SegmentFile.PathOf(_folder.Path, 0), _folder.File("index/segment-000000.idx"));

        // Killed before the record had its tables, and before it was durable: nothing was dropped.
        File.WriteAllBytes(record, []);
        await using (var ledger = FilledLedger.Open(_folder.Path)) Assert.Equal(0, ledger.First);
        using (var unfinished = Database.Open(record))
        {
            unfinished.Execute("BEGIN; INSERT INTO leaves (tile, hashes) VALUES (1, x'00')");
            await using (var ledger = FilledLedger.Open(Copy("begun"))) Assert.Equal(0, ledger.First);
            unfinished.Execute("ROLLBACK");
        }

        await using (var ledger = FilledLedger.Open(_folder.Path)) Assert.NotNull(await ledger.DropOldestAsync(long.MaxValue, [1_000], default));
        Assert.False(File.Exists(segment) || File.Exists(segment + "-wal") || File.Exists(segment + "-shm") || File.Exists(index));

        // Killed right after the record, in the middle of the removal, and at its end: the rest goes at the start.
        foreach (var left in new string[][] { [segment, segment + "-wal", segment + "-shm", index, _folder.File("index/run-000000-03.idx")], [segment, index], [index], [] })
        {
            foreach (var path in left) File.WriteAllBytes(path, new byte[5000]);
            await using var ledger = FilledLedger.Open(_folder.Path);
            Assert.Equal(SegmentFile.Capacity, ledger.First);
            Assert.DoesNotContain(left, File.Exists);
            using var page = new EventPage();
            await ledger.ReadAsync(page, 0, long.MaxValue, 1, 1, default);
            Assert.Equal(SegmentFile.Capacity, page[0].Sequence);
        }
    }

    [Fact]
    public async Task A_missing_segment_that_was_not_dropped_is_damage()
    {
        for (var number = 2; number < 4; number++) SegmentFile.OpenOrCreate(_folder.Path, number, new(), 0).Dispose();

        var problem = await Assert.ThrowsAsync<StorageCorruptException>(async () => await FilledLedger.Open(_folder.Path).DisposeAsync());

        Assert.Contains("Segment 0 is missing", problem.Message);
    }

    [Fact]
    public async Task A_segment_whose_hashes_are_damaged_is_not_dropped()
    {
        filled.CopyTo(_folder.Path);
        using (var segment = Database.Open(SegmentFile.PathOf(_folder.Path, 0))) segment.Execute("UPDATE nodes SET hash=zeroblob(32) WHERE level=1 AND number=77");
        await using var ledger = FilledLedger.Open(_folder.Path);

        await Assert.ThrowsAsync<StorageCorruptException>(async () => await ledger.DropOldestAsync(long.MaxValue, [], default));

        Assert.Equal(0, ledger.First);
        using var page = new EventPage();
        await ledger.ReadAsync(page, 0, 1, 1, 1, default);
        Assert.Equal(1, page.Count);
    }

    [Fact]
    public void Files_go_when_their_last_reader_is_back()
    {
        using (SegmentFile.OpenOrCreate(_folder.Path, 0, new(), 0)) { }
        using var readers = new SegmentReaders(_folder.Path, 0);
        Task? retired = null;

        Assert.True(readers.TryUse(0, _ =>
        {
            retired = readers.RetireBefore(1);
            Assert.False(retired.IsCompleted);
            Assert.False(readers.TryUse(0, _ => Assert.Fail("It was dropped.")));
        }));

        Assert.True(retired!.IsCompleted);
    }

    /// <summary>What a killed process leaves of the record, beside everything else.</summary>
    private string Copy(string name)
    {
        var folder = _folder.File(name);
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.GetFiles(_folder.Path, "dropped.db*")) File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        return folder;
    }
}
