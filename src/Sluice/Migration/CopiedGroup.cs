using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>A page of stored events as a group that a node would have committed, but with their own times.</summary>
internal sealed class CopiedGroup : IWrittenGroup
{
    /// <param name="before">The tree before the page.</param>
    /// <param name="walk">Stands behind it.</param>
    public CopiedGroup(short ledger, EventPage page, TreeState before, LedgerWalk walk)
    {
        Parts = [new PendingGroup.Part(before.Size, before.Root().ToArray(), 0, 0) { Count = page.Count, Rows = RowsOf(ledger, page), Keys = KeysOf(page) }];
        Nodes = [.. walk.Nodes.Select(node => ((short)(node.Level * TileTree.Levels), node.Number, node.Hash))];
        (Tree, PersistedAt) = (walk.Tree, walk.PersistedAt);
    }

    public List<PendingGroup.Part> Parts { get; }

    public List<(short Level, long Number, Digest Hash)> Nodes { get; }

    public TreeState Tree { get; }

    public long PersistedAt { get; }

    private static byte[] RowsOf(short ledger, EventPage page)
    {
        var rows = new byte[BinaryCopy.Header.Length + (page.Count * BinaryCopy.EventBytes(0)) + page.Bytes + BinaryCopy.TrailerBytes];
        BinaryCopy.Header.CopyTo(rows);
        var used = BinaryCopy.Header.Length;
        for (var i = 0; i < page.Count; i++)
        {
            var stored = page[i];
            BinaryCopy.WriteEvent(rows.AsSpan(used), ledger, stored.Sequence, stored.PersistedAt, stored.Digest, stored.Body.Span);
            used += BinaryCopy.EventBytes(stored.Body.Length);
        }

        BinaryCopy.WriteTrailer(rows.AsSpan(used));
        return rows;
    }

    private static byte[] KeysOf(EventPage page)
    {
        var keys = new byte[page.Count * GroupKeys.BytesPerEvent];
        Parallel.For(0, page.Count, i =>
        {
            var read = BodyKeys.Read(page[i].Body.Span, page[i].Digest, out var times);
            GroupKeys.Write(keys.AsSpan(i * GroupKeys.BytesPerEvent), read, times);
        });
        return keys;
    }
}
