using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage.Index;

namespace Sluice.Storage.Postgres;

/// <summary>
/// One group on its way into the database: which of its events are new, and all that the transaction writes for them. It holds copies only, so a write
/// that goes on after its caller has given up reads nothing that others use again.
/// </summary>
internal sealed class PendingGroup : IWrittenGroup
{
    private readonly IdTable _ids = new(1024);
    private readonly List<long> _candidates = [];
    private readonly List<long> _inGroup = [];
    private readonly List<int> _candidateEnds = [];
    private readonly List<Place> _stored = [];
    private readonly Digest[] _completed = new Digest[TreeState.MaxLevels];
    private readonly SegmentTables _tables;
    private byte[] _rows = [];
    private byte[] _keys = [];
    private int _used;

    public PendingGroup(SegmentTables tables, IReadOnlyList<AcceptedBatch> group, LedgerIndex index)
    {
        (_tables, Group) = (tables, group);
        foreach (var batch in group)
        {
            foreach (ref var accepted in batch.Events)
            {
                index.FindId(accepted.Keys[IndexKind.Id], _candidates);
                _candidateEnds.Add(_candidates.Count);
            }
        }
    }

    private IReadOnlyList<AcceptedBatch> Group { get; }

    /// <summary>Stored events that may have the id of one of the group's.</summary>
    public IReadOnlyList<long> Candidates => _candidates;

    /// <summary>Events that are new.</summary>
    public int Count => _stored.Count;

    public List<Part> Parts { get; } = [];

    public List<(short Level, long Number, Digest Hash)> Nodes { get; } = [];

    public TreeState Tree { get; private set; } = new();

    public long PersistedAt { get; private set; }

    /// <param name="known">The candidates that are still stored, in order.</param>
    /// <param name="start">The tree in front of the group.</param>
    public void Settle(EventPage known, TreeState start, long persistedAt)
    {
        (Tree, PersistedAt) = (start.Clone(), persistedAt);
        _rows = new byte[Group.Sum(batch => batch.Bytes + (batch.Count * BinaryCopy.EventBytes(0))) + (2 * (BinaryCopy.Header.Length + BinaryCopy.TrailerBytes))];
        _keys = new byte[Group.Sum(batch => batch.Count) * GroupKeys.BytesPerEvent];
        var number = 0;
        foreach (var batch in Group)
        {
            for (var at = 0; at < batch.Count; at++)
            {
                if (!IsKnown(batch, at, known, Candidate(number++))) Store(batch, at);
            }
        }

        EndPart();
    }

    /// <summary>Adds the keys of what was stored to the index, after the commit.</summary>
    public void Remember(LedgerIndex index)
    {
        foreach (var place in _stored)
        {
            ref var accepted = ref place.Batch[place.At];
            index.Add(accepted.Sequence, accepted.Keys, accepted.Times);
        }
    }

    private ReadOnlySpan<long> Candidate(int number)
    {
        var from = number == 0 ? 0 : _candidateEnds[number - 1];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_candidates)[from.._candidateEnds[number]];
    }

    private bool IsKnown(AcceptedBatch batch, int at, EventPage known, ReadOnlySpan<long> candidates)
    {
        ref var accepted = ref batch[at];
        foreach (var sequence in candidates)
        {
            if (Find(known, sequence) is { } stored && IsKnown(ref accepted, batch.Body(accepted), stored.Body.Span, sequence)) return true;
        }

        _inGroup.Clear();
        _ids.Find(accepted.Keys[IndexKind.Id], 0, _inGroup);
        foreach (var position in _inGroup)
        {
            var place = _stored[(int)position];
            ref var earlier = ref place.Batch[place.At];
            if (IsKnown(ref accepted, batch.Body(accepted), place.Batch.Body(earlier), earlier.Sequence)) return true;
        }

        return false;
    }

    private static bool IsKnown(ref AcceptedEvent accepted, ReadOnlySpan<byte> body, ReadOnlySpan<byte> stored, long sequence)
    {
        if (!BodyComparison.SameIdentity(stored, body)) return false;
        accepted.Verdict = BodyComparison.SameContent(stored, body, accepted) ? AppendVerdict.Duplicate : AppendVerdict.Conflict;
        accepted.Sequence = sequence;
        return true;
    }

    private static StoredEvent? Find(EventPage page, long sequence)
    {
        var (low, high) = (0, page.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (page[middle].Sequence == sequence) return page[middle];
            if (page[middle].Sequence < sequence) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }

    private void Store(AcceptedBatch batch, int at)
    {
        ref var accepted = ref batch[at];
        (accepted.Verdict, accepted.Sequence) = (AppendVerdict.Stored, Tree.Size);
        if (Parts.Count == 0 || Tree.Size % _tables.Capacity == 0) BeginPart();
        var body = batch.Body(accepted);
        BinaryCopy.WriteEvent(_rows.AsSpan(_used), _tables.Ledger, Tree.Size, PersistedAt, accepted.Digest, body);
        _used += BinaryCopy.EventBytes(body.Length);
        GroupKeys.Write(_keys.AsSpan(_stored.Count * GroupKeys.BytesPerEvent), accepted.Keys, accepted.Times);
        _ids.Add(accepted.Keys[IndexKind.Id], _stored.Count);
        _stored.Add(new Place(batch, at));
        Grow(accepted.Leaf);
    }

    private void Grow(in Digest leaf)
    {
        var levels = Tree.Append(leaf, _completed);
        for (var level = TileTree.Levels; level <= levels; level += TileTree.Levels) Nodes.Add(((short)level, (Tree.Size >> level) - 1, _completed[level - 1]));
    }

    private void BeginPart()
    {
        EndPart();
        Parts.Add(new Part(Tree.Size, Tree.Root().ToArray(), _used, _stored.Count));
        BinaryCopy.Header.CopyTo(_rows.AsSpan(_used));
        _used += BinaryCopy.Header.Length;
    }

    private void EndPart()
    {
        if (Parts.Count == 0) return;
        BinaryCopy.WriteTrailer(_rows.AsSpan(_used));
        _used += BinaryCopy.TrailerBytes;
        var part = Parts[^1];
        Parts[^1] = part with
        {
            Count = _stored.Count - part.StoredBefore,
            Rows = _rows.AsMemory(part.RowsStart, _used - part.RowsStart),
            Keys = _keys.AsMemory(part.StoredBefore * GroupKeys.BytesPerEvent, (_stored.Count - part.StoredBefore) * GroupKeys.BytesPerEvent),
        };
    }

    /// <summary>What goes into one segment.</summary>
    /// <param name="First">Its first sequence.</param>
    /// <param name="Root">The tree's root before it.</param>
    public sealed record Part(long First, byte[] Root, int RowsStart, int StoredBefore)
    {
        public int Count { get; init; }

        /// <summary>A whole binary COPY.</summary>
        public ReadOnlyMemory<byte> Rows { get; init; }

        public ReadOnlyMemory<byte> Keys { get; init; }
    }

    private readonly record struct Place(AcceptedBatch Batch, int At);
}
