using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage.Index;

namespace Sluice.Storage.Sqlite;

/// <summary>
/// The one writer of a ledger. Per group: 1. settle which events are new; 2. insert them and grow the tree; 3. commit; 4. only then change
/// anything in memory, so that a failed commit leaves no trace.
/// </summary>
internal sealed class GroupAppender : IDisposable
{
    private readonly string _folder;
    private readonly SegmentReaders _sealed;
    private readonly TimeProvider _time;
    private readonly IdTable _pendingIds = new(1024);
    private readonly List<long> _candidates = [];
    private readonly List<Pending> _pending = [];
    private readonly Digest[] _completed = new Digest[TreeState.MaxLevels];
    private SegmentWriter _segment;
    private long _segmentNumber;
    private long _persistedAt;

    private GroupAppender(string folder, SegmentReaders sealedSegments, TimeProvider time, SegmentWriter segment, long number, TreeState tree, long persistedAt)
    {
        (_folder, _sealed, _time, _segment, _segmentNumber, Tree, _persistedAt) = (folder, sealedSegments, time, segment, number, tree, persistedAt);
    }

    /// <summary>The tree over everything committed.</summary>
    public TreeState Tree { get; private set; }

    /// <param name="before">What stood in front of the first segment that is kept.</param>
    /// <exception cref="StorageCorruptException">A segment is missing that was not dropped.</exception>
    public static GroupAppender Open(string folder, DroppedEnd before, SegmentReaders sealedSegments, TimeProvider time)
    {
        var first = SegmentFile.NumberOf(before.Tree.Size);
        var numbers = SegmentFile.Numbers(folder);
        for (var i = 0; i < Math.Max(numbers.Count, first > 0 ? 1 : 0); i++)
        {
            if (i == numbers.Count || numbers[i] != first + i) throw new StorageCorruptException($"Segment {first + i} is missing from {folder}.");
        }

        var last = numbers.Count == 0 ? first : numbers[^1];
        var (start, startedAt) = last == first ? (before.Tree, before.PersistedAt) : EndOf(folder, last - 1);
        var database = SegmentFile.OpenOrCreate(folder, last, start, startedAt);
        var (tree, persistedAt) = SegmentFile.ReadTree(database, "end");
        return new GroupAppender(folder, sealedSegments, time, new SegmentWriter(database), last, tree, persistedAt);
    }

    /// <summary>Appends a group; gives the tree after each durable part, which is one unless the group crosses into a new segment.</summary>
    public IEnumerable<TreeState> Append(IReadOnlyList<AcceptedBatch> group, LedgerIndex index)
    {
        var (batch, at) = (0, 0);
        while (batch < group.Count)
        {
            if (SegmentFile.NumberOf(Tree.Size) != _segmentNumber) StartSegment();
            var tree = AppendPart(group, index, ref batch, ref at);
            if (tree.Size > Tree.Size) Remember(index, tree);
            yield return Tree = tree;
        }
    }

    public void Dispose() => _segment.Dispose();

    private static (TreeState, long) EndOf(string folder, long number)
    {
        using var database = Database.OpenReadOnly(SegmentFile.PathOf(folder, number));
        return SegmentFile.ReadTree(database, "end");
    }

    private void StartSegment()
    {
        _segment.Fold();
        var next = SegmentFile.OpenOrCreate(_folder, _segmentNumber + 1, Tree, _persistedAt);
        _segment.Dispose();
        (_segment, _segmentNumber) = (new SegmentWriter(next), _segmentNumber + 1);
    }

    private TreeState AppendPart(IReadOnlyList<AcceptedBatch> group, LedgerIndex index, ref int batch, ref int at)
    {
        var tree = Tree.Clone();
        var persistedAt = Math.Max(_persistedAt, Timestamp.Now(_time));
        _pending.Clear();
        _pendingIds.Clear();
        _segment.Begin();
        try
        {
            for (; batch < group.Count && SegmentFile.NumberOf(tree.Size) == _segmentNumber; at++)
            {
                if (at < group[batch].Count) Settle(group[batch], at, index, tree, persistedAt);
                else (batch, at) = (batch + 1, -1);
            }

            _segment.EndRead();
            if (_pending.Count > 0) _segment.Commit(tree, persistedAt);
            else _segment.Rollback();
        }
        catch
        {
            _segment.EndRead();
            _segment.Rollback();
            throw;
        }

        _persistedAt = persistedAt;
        return tree;
    }

    private void Settle(AcceptedBatch batch, int at, LedgerIndex index, TreeState tree, long persistedAt)
    {
        ref var accepted = ref batch[at];
        var body = batch.Body(accepted);
        if (IsKnown(ref accepted, body, index)) return;
        accepted.Verdict = AppendVerdict.Stored;
        accepted.Sequence = tree.Size;
        _segment.Insert(tree.Size, persistedAt, accepted.Digest, body);
        _pendingIds.Add(accepted.Keys[IndexKind.Id], (int)(tree.Size & IndexFile.PositionMask));
        _pending.Add(new Pending(batch, at));
        Grow(tree, accepted.Leaf);
    }

    private void Grow(TreeState tree, in Digest leaf)
    {
        var levels = tree.Append(leaf, _completed);
        for (var level = 8; level <= levels; level += 8) _segment.InsertNode(level / 8, (tree.Size >> level) - 1, _completed[level - 1]);
    }

    private bool IsKnown(ref AcceptedEvent accepted, ReadOnlySpan<byte> body, LedgerIndex index)
    {
        _candidates.Clear();
        _pendingIds.Find(accepted.Keys[IndexKind.Id], _segmentNumber * SegmentFile.Capacity, _candidates);
        index.FindId(accepted.Keys[IndexKind.Id], _candidates);
        foreach (var sequence in _candidates)
        {
            using var page = new EventPage();
            if (!TryReadBody(sequence, page, out var stored)) continue;
            if (!BodyComparison.SameIdentity(stored, body)) continue;
            accepted.Verdict = BodyComparison.SameContent(stored, body, accepted) ? AppendVerdict.Duplicate : AppendVerdict.Conflict;
            accepted.Sequence = sequence;
            return true;
        }

        return false;
    }

    /// <returns>False when retention dropped the event, and forgot its id with it.</returns>
    private bool TryReadBody(long sequence, EventPage page, out ReadOnlySpan<byte> body)
    {
        var segment = SegmentFile.NumberOf(sequence);
        var isHere = segment == _segmentNumber;
        if (!isHere && !_sealed.TryUse(segment, reader => reader.ReadOne(page, sequence)))
        {
            body = default;
            return false;
        }

        body = isHere ? _segment.Body(sequence) : page[0].Body.Span;
        return true;
    }

    private void Remember(LedgerIndex index, TreeState tree)
    {
        foreach (var pending in _pending)
        {
            ref var accepted = ref pending.Batch[pending.At];
            index.Add(accepted.Sequence, accepted.Keys, accepted.Times);
        }

        index.Publish(tree.Size);
    }

    private readonly record struct Pending(AcceptedBatch Batch, int At);
}
