using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tests.Fakes;
using Sluice.Verification;

namespace Sluice.Tests.Verification;

/// <summary>A data folder as a server writes it, to be damaged and verified.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string Segment => SegmentFile.PathOf(System.IO.Path.Combine(Path, "ledger", "main"), 0);

    /// <summary>A folder with events in both ledgers; after each group of <c>main</c> a checkpoint is signed.</summary>
    public static async Task<LedgerFolder> WithAsync(params int[] groups)
    {
        var made = new LedgerFolder();
        using var configuration = ConfigurationDatabase.Open(made.Path);
        using var identities = await LedgerIdentities.OpenAsync(configuration, new PlainProtector(), "test.example/main");
        await using var main = made.Open("main");
        await using var own = made.Open("_sluice");
        var store = new CheckpointStore(configuration);
        await AppendAsync(own, 0, 3);
        await SignAsync(store, own, identities.Own);
        foreach (var group in groups)
        {
            await AppendAsync(main, (int)main.Size, group);
            await SignAsync(store, main, identities.Main);
        }

        return made;
    }

    public SqliteLedger Open(string ledger) =>
        SqliteLedger.Open(ledger, System.IO.Path.Combine(Path, "ledger", ledger), TimeProvider.System, NullLogger.Instance);

    public static async Task AppendAsync(ILedgerStore ledger, int from, int count)
    {
        using var batch = Batch(from, count);
        await ledger.SendAsync(batch);
    }

    /// <summary>Changes the main ledger's segment behind its server's back.</summary>
    public void Change(string sql)
    {
        using var segment = Database.Open(Segment);
        segment.Execute(sql);
        segment.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Writes the segment with one bit changed.</summary>
    public void Flip(int at, int bit, byte[] original)
    {
        var bytes = (byte[])original.Clone();
        bytes[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(Segment, bytes);
    }

    /// <summary>Every event of the main ledger, as a reader in order gets it.</summary>
    public IReadOnlyList<StoredCopy> Events()
    {
        using var segment = new SegmentReader(Segment);
        using var page = new EventPage();
        segment.ReadRange(page, 0, long.MaxValue, int.MaxValue, int.MaxValue);
        return StoredCopy.Of(page);
    }

    /// <summary>Every event of the main ledger, each asked for by its sequence.</summary>
    public IReadOnlyList<StoredCopy> EventsOneByOne(int count)
    {
        using var segment = new SegmentReader(Segment);
        using var page = new EventPage();
        for (var sequence = 0; sequence < count; sequence++) segment.ReadOne(page, sequence);
        return StoredCopy.Of(page);
    }

    /// <summary>Changes an event with its digest, and makes nodes and the tree's end anew as if it had always been so.</summary>
    public void Forge(long sequence)
    {
        var events = Events();
        using var segment = Database.Open(Segment);
        var body = events[(int)sequence].Body.Replace("\"success\"", "\"failure\"", StringComparison.Ordinal);
        Assert.True(EventHash.TryComputeStored(System.Text.Encoding.UTF8.GetBytes(body), out var digest, out _));
        using (var update = segment.Prepare("UPDATE events SET digest=?1, body=?2 WHERE sequence=?3"))
            update.Bind(1, digest.ToArray()).Bind(2, body).Bind(3, sequence).Run();

        var (tree, completed) = (new TreeState(), new Digest[TreeState.MaxLevels]);
        using var node = segment.Prepare("UPDATE nodes SET hash=?1 WHERE level=?2 AND number=?3");
        foreach (var each in events)
        {
            var levels = tree.Append(MerkleHash.Leaf(each.Sequence == sequence ? digest : each.Digest), completed);
            for (var level = 8; level <= levels; level += 8) node.Bind(1, completed[level - 1].ToArray()).Bind(2, (long)level / 8).Bind(3, (tree.Size >> level) - 1).Run();
        }

        using var end = segment.Prepare("UPDATE tree SET state=?1 WHERE place='end'");
        end.Bind(1, tree.ToBytes()).Run();
    }

    public long Ask(string sql)
    {
        using var segment = Database.OpenReadOnly(Segment);
        return segment.Scalar(sql);
    }

    public void ChangeConfiguration(string sql)
    {
        using var configuration = Database.Open(System.IO.Path.Combine(Path, ConfigurationDatabase.FileName));
        configuration.Execute(sql);
    }

    public Task<FolderVerdict> VerifyAsync() => DataFolderVerifier.VerifyAsync(Path, null, default);

    /// <summary>The verdict on the main ledger.</summary>
    public async Task<LedgerVerdict> VerdictAsync() => (await VerifyAsync()).Ledgers[0];

    public async Task<LedgerFault> FaultAsync()
    {
        var verdict = await VerdictAsync();
        Assert.NotNull(verdict.Fault);
        return verdict.Fault;
    }

    public void Dispose() => _folder.Dispose();

    private static async Task SignAsync(CheckpointStore store, SqliteLedger ledger, LedgerIdentity identity)
    {
        var tree = ledger.Tree();
        await store.AddAsync(ledger.Name, new SignedCheckpoint(tree.Size, new Checkpoint(identity.Origin, tree.Size, tree.Root()).Sign(identity)), tree.Size);
    }

    private static AcceptedBatch Batch(int from, int count) => Some.Batch(Enumerable.Range(from, count).Select(i =>
        $$$"""{"id":"id{{{i:D6}}}","timestamp":"2026-03-15T08:42:17Z","tenant_id":"t{{{i % 3}}}","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_{{{i % 100}}}","name":"Ada Lovelace"},"source_ip":"203.0.113.{{{i % 200}}}","metadata":{"personal":{"phone":"+41 44 {{{i:D6}}}"},"days":{{{i}}} } }"""));
}

/// <summary>An event that outlives its page.</summary>
internal sealed record StoredCopy(long Sequence, long PersistedAt, Digest Digest, string Body)
{
    public static IReadOnlyList<StoredCopy> Of(EventPage page) =>
        [.. Enumerable.Range(0, page.Count).Select(i => page[i]).Select(e => new StoredCopy(e.Sequence, e.PersistedAt, e.Digest, System.Text.Encoding.Latin1.GetString(e.Body.Span)))];
}
