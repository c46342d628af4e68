using Sluice.Ledger;
using Sluice.Storage.Sqlite;

namespace Sluice.Tests.Verification;

public sealed class SegmentsTests
{
    private static readonly byte[] Body = """{"id":"a","salt":"AAAAAAAAAAAAAAAAAAAAAA"}"""u8.ToArray();

    [Fact]
    public async Task Segments_follow_each_other()
    {
        using var folder = await LedgerFolder.WithAsync();
        var ledger = Path.GetDirectoryName(folder.Segment)!;
        File.Delete(folder.Segment);
        var tree = new TreeState();
        Fill(ledger, 0, tree, SegmentFile.Capacity);
        Fill(ledger, 1, tree, 1000);
        using (var second = Database.Open(SegmentFile.PathOf(ledger, 1))) second.Execute("UPDATE events SET body=replace(body, 'a', 'b') WHERE sequence=1049575");

        var verdict = await folder.VerdictAsync();

        Assert.Equal((1_049_575, 1_049_575), (verdict.Events, verdict.Fault?.First));
        File.Delete(folder.Segment);
        Assert.Contains("segment-000000.db is missing", (await folder.FaultAsync()).Problem);
    }

    /// <summary>As the writer fills one, but the same event over and over.</summary>
    private static void Fill(string folder, long number, TreeState tree, int count)
    {
        Assert.True(EventHash.TryComputeStored(Body, out var digest, out _));
        var (leaf, completed) = (MerkleHash.Leaf(digest), new Digest[TreeState.MaxLevels]);
        using var writer = new SegmentWriter(SegmentFile.OpenOrCreate(folder, number, tree, number));
        writer.Begin();
        for (var i = 0; i < count; i++)
        {
            writer.Insert(tree.Size, number + 1, digest, Body);
            var levels = tree.Append(leaf, completed);
            for (var level = 8; level <= levels; level += 8) writer.InsertNode(level / 8, (tree.Size >> level) - 1, completed[level - 1]);
        }

        writer.Commit(tree, number + 1);
        writer.Fold();
    }
}
