using System.Buffers.Binary;
using System.Text;
using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Tests.Verification;

public sealed class DataFolderVerifierTests
{
    private const int Size = 600;

    [Fact]
    public async Task An_untouched_folder_is_clean()
    {
        using var folder = await LedgerFolder.WithAsync(1, 299, 200, 100);

        var verdict = await folder.VerifyAsync();

        Assert.Equal([("main", (long)Size, 4, null), ("_sluice", 3, 1, null)], verdict.Ledgers.Select(ledger => (ledger.Ledger, ledger.Events, ledger.Checkpoints, ledger.Fault)));
        Assert.Empty(verdict.DamagedIndexes);
    }

    [Fact]
    public async Task A_folder_without_events_is_clean()
    {
        using var folder = await LedgerFolder.WithAsync();

        Assert.True((await folder.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Verifying_changes_no_file()
    {
        using var folder = await LedgerFolder.WithAsync(300);
        var before = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);

        await folder.VerifyAsync();

        Assert.All(before, each => Assert.Equal(each.Value, File.ReadAllBytes(each.Key)));
    }

    [Fact]
    public async Task What_is_committed_is_checked_while_a_server_goes_on()
    {
        using var folder = await LedgerFolder.WithAsync(300);
        await using var ledger = folder.Open("main");
        await LedgerFolder.AppendAsync(ledger, 300, 50);

        AssertClean(350, await folder.VerdictAsync());

        await LedgerFolder.AppendAsync(ledger, 350, 50);
        AssertClean(400, await folder.VerdictAsync());
    }

    [Fact]
    public async Task The_log_of_a_killed_server_is_read_too()
    {
        using var folder = await LedgerFolder.WithAsync(300);
        using var killed = new TemporaryFolder();
        await using (var ledger = folder.Open("main"))
        {
            await LedgerFolder.AppendAsync(ledger, 300, 50);
            CopyWithoutLogIndexes(folder.Path, killed.Path);
        }

        var verdict = await DataFolderVerifier.VerifyAsync(killed.Path, null, default);

        AssertClean(350, verdict.Ledgers[0]);
    }

    [Fact]
    public async Task A_segment_that_was_only_just_begun_is_no_fault()
    {
        using var folder = await LedgerFolder.WithAsync();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(folder.Segment)!, "segment-*")) File.Delete(file);
        File.WriteAllBytes(folder.Segment, []);

        Assert.True((await folder.VerifyAsync()).IsClean);
    }

    [Theory]
    [InlineData("certificate.issue", 3)]
    [InlineData("Ada Lovelace", 3)]
    [InlineData("+41 44", 3)]
    [InlineData("\"salt\":\"", 12)]
    [InlineData("\"salt\":\"", 29)]
    public async Task A_changed_bit_of_a_body_names_its_event(string near, int offset)
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        var bytes = File.ReadAllBytes(folder.Segment);
        var body = bytes.AsSpan().IndexOf("id000417"u8);
        var at = body + bytes.AsSpan(body).IndexOf(Encoding.UTF8.GetBytes(near)) + offset;
        for (var bit = 0; bit < 8; bit++)
        {
            folder.Flip(at, bit, bytes);

            var fault = await folder.FaultAsync();

            Assert.Equal((417, 417), (fault.First, fault.Last));
        }
    }

    [Fact]
    public async Task A_changed_digest_names_its_event()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        var bytes = File.ReadAllBytes(folder.Segment);
        var digest = folder.Events()[417].Digest.ToArray();
        folder.Flip(bytes.AsSpan().IndexOf(digest) + 7, 2, bytes);

        AssertFault(417, "hash", await folder.FaultAsync());
    }

    [Fact]
    public async Task Swapped_events_are_named_by_the_tree()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        folder.Change("UPDATE events SET sequence=-1 WHERE sequence=300; UPDATE events SET sequence=300 WHERE sequence=310; UPDATE events SET sequence=310 WHERE sequence=-1");

        var fault = await folder.FaultAsync();

        Assert.Equal((256, 511), (fault.First, fault.Last));
    }

    [Fact]
    public async Task A_body_and_digest_of_another_event_are_named_by_the_tree()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        folder.Change("UPDATE events SET (digest, body) = (SELECT digest, body FROM events WHERE sequence=599) WHERE sequence=550");

        var fault = await folder.FaultAsync();

        Assert.Equal((0, 599), (fault.First, fault.Last));
    }

    [Fact]
    public async Task An_event_forged_with_all_of_the_tree_is_caught_by_the_checkpoint()
    {
        using var folder = await LedgerFolder.WithAsync(200, 200, 200);
        folder.Forge(417);

        var fault = await folder.FaultAsync();

        Assert.Equal((400, 599), (fault.First, fault.Last));
        Assert.Contains("checkpoint of 600", fault.Problem);
    }

    [Fact]
    public async Task A_changed_node_names_the_events_under_it()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        folder.Change("UPDATE nodes SET hash=zeroblob(32) WHERE number=1");

        var fault = await folder.FaultAsync();

        Assert.Equal((256, 511), (fault.First, fault.Last));
    }

    [Theory]
    [InlineData("DELETE FROM nodes WHERE number=1", 256, "hash over")]
    [InlineData("INSERT INTO nodes VALUES (1, 2, zeroblob(32))", 0, "its end")]
    [InlineData("UPDATE tree SET state=(SELECT state FROM tree WHERE place='end') WHERE place='start'", 0, "starts from")]
    [InlineData("UPDATE tree SET state=(SELECT state FROM tree WHERE place='start') WHERE place='end'", 0, "its end")]
    [InlineData("UPDATE tree SET size=size+1 WHERE place='end'", 0, "its end")]
    [InlineData("DELETE FROM tree WHERE place='end'", 0, "no end")]
    [InlineData("UPDATE tree SET persisted_at=persisted_at+1 WHERE place='end'", 599, "persisted_at")]
    [InlineData("DELETE FROM events WHERE sequence=599", 599, "missing")]
    [InlineData("DELETE FROM events WHERE sequence=417", 417, "missing")]
    [InlineData("DELETE FROM events WHERE sequence=0", 0, "missing")]
    [InlineData("DELETE FROM events", 0, "missing")]
    [InlineData("INSERT INTO events SELECT 600, persisted_at, digest, body FROM events WHERE sequence=599", 600, "ends before")]
    [InlineData("INSERT INTO events SELECT -7, persisted_at, digest, body FROM events WHERE sequence=0", -7, "belong")]
    [InlineData("UPDATE events SET persisted_at=persisted_at-1 WHERE sequence=417", 417, "persisted_at")]
    [InlineData("UPDATE events SET body=CAST(body AS BLOB) WHERE sequence=417", 417, "cannot be read")]
    [InlineData("UPDATE events SET digest=x'00' WHERE sequence=417", 417, "cannot be read")]
    [InlineData("UPDATE events SET body=replace(body, ',\"salt\"', ',\"sequence\":9,\"salt\"') WHERE sequence=417", 417, "only the ledger")]
    [InlineData("ALTER TABLE events RENAME TO entries", 0, "tables")]
    public async Task What_does_not_belong_together_is_named(string change, long sequence, string problem)
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        folder.Change(change);

        AssertFault(sequence, problem, await folder.FaultAsync());
    }

    [Theory]
    [InlineData("UPDATE checkpoints SET note=replace(note, 'test.example/main', 'test.example/nain') WHERE size=400", null, "checkpoint of 400")]
    [InlineData("UPDATE checkpoints SET size=401 WHERE ledger='main' AND size=400", null, "speaks of 400")]
    [InlineData("UPDATE checkpoints SET ledger='mine' WHERE size=400", null, "ledger that there is not")]
    [InlineData("DELETE FROM ledgers WHERE name='main'", null, "key is missing")]
    [InlineData("UPDATE ledgers SET public_key=zeroblob(32) WHERE name='main'", null, "checkpoint of 200")]
    [InlineData("DROP TABLE checkpoints", null, "cannot be read")]
    public async Task A_checkpoint_that_is_not_genuine_is_named(string change, long? sequence, string problem)
    {
        using var folder = await LedgerFolder.WithAsync(200, 200, 200);
        folder.ChangeConfiguration(change);

        AssertFault(sequence, problem, await folder.FaultAsync());
    }

    [Fact]
    public async Task A_checkpoint_of_another_tree_does_not_hold()
    {
        using var folder = await LedgerFolder.WithAsync(200, 200, 200);
        using var other = await LedgerFolder.WithAsync(300);
        File.Copy(other.Segment, folder.Segment, overwrite: true);

        AssertFault(0, "checkpoint of 200", await folder.FaultAsync());
    }

    [Fact]
    public async Task A_ledger_that_was_set_back_misses_what_was_signed()
    {
        using var folder = await LedgerFolder.WithAsync(200, 200);
        var back = File.ReadAllBytes(folder.Segment);
        await using (var ledger = folder.Open("main")) await LedgerFolder.AppendAsync(ledger, 400, 1);
        using var longer = await LedgerFolder.WithAsync(200, 200, 200);
        folder.ChangeConfiguration($"ATTACH '{Path.Combine(longer.Path, ConfigurationDatabase.FileName)}' AS longer; DELETE FROM main.checkpoints; DELETE FROM main.ledgers; INSERT INTO main.checkpoints SELECT * FROM longer.checkpoints WHERE ledger='main' AND size=600; INSERT INTO main.ledgers SELECT * FROM longer.ledgers");
        File.WriteAllBytes(folder.Segment, back);

        AssertFault(400, "600 events was signed", await folder.FaultAsync());
    }

    [Fact]
    public async Task A_missing_segment_is_named_by_its_first_event()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        File.Delete(folder.Segment);

        AssertFault(0, "600 events was signed", await folder.FaultAsync());
    }

    [Fact]
    public async Task A_file_cut_short_is_named_by_the_first_event_that_is_lost()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        var bytes = File.ReadAllBytes(folder.Segment);
        File.WriteAllBytes(folder.Segment, bytes[..(bytes.Length / 2)]);

        var fault = await folder.FaultAsync();

        Assert.InRange(fault.First!.Value, 100, 500);
        Assert.Contains("segment-000000.db cannot be read from event", fault.Problem);
    }

    /// <summary>The file's own signpost is wrong: who reads in order passes the event, who asks for it does not find it.</summary>
    [Fact]
    public async Task An_event_that_cannot_be_looked_up_is_named()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        var bytes = File.ReadAllBytes(folder.Segment);
        var root = 16384 * ((int)folder.Ask("SELECT rootpage FROM sqlite_master WHERE name='events'") - 1);
        Assert.Equal(5, bytes[root]);
        var key = root + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(root + 12)) + sizeof(int);
        var lost = bytes[key]--;
        File.WriteAllBytes(folder.Segment, bytes);

        AssertFault(lost, "cannot be found", await folder.FaultAsync());
        Assert.Equal(Size, folder.Events().Count);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        using var folder = await LedgerFolder.WithAsync(Size);
        File.WriteAllText(folder.Segment, new string('x', 100_000));

        AssertFault(0, "cannot be read from event 0", await folder.FaultAsync());
    }

    [Fact]
    public async Task A_damaged_index_file_is_no_fault_of_the_ledger()
    {
        using var folder = await LedgerFolder.WithAsync(10);
        var index = Path.Combine(folder.Path, "ledger", "main", "index", "run-000000-00.idx");
        File.WriteAllBytes(index, new byte[4096]);

        var verdict = await folder.VerifyAsync();

        Assert.True(verdict.IsClean);
        Assert.Equal([index], verdict.DamagedIndexes);
    }

    private static void AssertClean(long events, LedgerVerdict verdict) => Assert.Equal((events, 1, null), (verdict.Events, verdict.Checkpoints, verdict.Fault));

    private static void AssertFault(long? sequence, string problem, LedgerFault fault)
    {
        Assert.Contains(problem, fault.Problem);
        Assert.Equal(sequence, fault.First);
    }

    private static void CopyWithoutLogIndexes(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
