using System.Text;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Tests.Fakes;

/// <summary>A ledger of a few thousand events in a list, with an index that asks every event's key hashes in turn.</summary>
internal sealed class InMemoryLedger(string name = "main") : ILedgerStore, IEventIndex
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public long Size { get; private set; }

    public long First { get; private set; }

    public IEventIndex Index => this;

    /// <summary>Bodies handed out so far.</summary>
    public long BodiesRead { get; private set; }

    /// <summary>Thrown by the next read, once.</summary>
    public Exception? Failure { get; set; }

    public StoredEvent this[long sequence] => _entries[(int)sequence].Stored;

    public long Add(string body, long? persistedAt = null)
    {
        TaskCompletionSource grown;
        lock (_gate)
        {
            var utf8 = Encoding.UTF8.GetBytes(body);
            var digest = Digest.Sha256(utf8);
            var stored = new StoredEvent(_entries.Count, persistedAt ?? Query.Stored.Persisted + _entries.Count, digest, utf8);
            _entries.Add(new Entry(stored, BodyKeys.Read(utf8, digest, out var times), times));
            (grown, _grown) = (_grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            Size = _entries.Count;
        }

        grown.SetResult();
        return Size - 1;
    }

    /// <summary>What retention does.</summary>
    public void DropBefore(long first) => First = first;

    public ValueTask ReadAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation)
    {
        ThrowIfAsked();
        for (var at = Math.Max(from, First); at < Math.Min(end, Size) && page.Count < maxEvents; at++)
        {
            if (page.Count > 0 && page.Bytes + this[at].Body.Length > maxBytes) break;
            Put(page, at);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReadManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation)
    {
        ThrowIfAsked();
        foreach (var sequence in sequences.Span)
            if (sequence >= First) Put(page, sequence);
        return ValueTask.CompletedTask;
    }

    public ValueTask CatchUpAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public async ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (Size > size) return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellation);
        }
    }

    public ValueTask<Digest> NodeAsync(NodeId node, CancellationToken cancellation)
    {
        var tree = new TreeState();
        for (var at = node.Index << node.Level; at < (node.Index + 1) << node.Level; at++) tree.Append(MerkleHash.Leaf(this[at].Digest));
        return ValueTask.FromResult(tree.Root());
    }

    public TreeState Tree()
    {
        var tree = new TreeState();
        foreach (var entry in _entries) tree.Append(MerkleHash.Leaf(entry.Stored.Digest));
        return tree;
    }

    public ValueTask<SequenceSpan?> FindAsync(IndexTerm term, SequenceSpan span, List<long> candidates, int max, CancellationToken cancellation)
    {
        for (var left = Math.Min(span.End, Size) - span.First; left > 0; left--)
        {
            var at = span.Descending ? span.End - 1 : span.First;
            span = span.Descending ? span with { End = at } : span with { First = at + 1 };
            if (!Proposes(term, at)) continue;
            candidates.Add(at);
            if (--max == 0) return ValueTask.FromResult<SequenceSpan?>(span);
        }

        return ValueTask.FromResult<SequenceSpan?>(null);
    }

    public ValueTask FindByTimeAsync(IndexTerm term, SequenceSpan span, TimeSlice slice, List<TimePlace> places, int max, CancellationToken cancellation)
    {
        var found = Places(span, slice).Where(place => Proposes(term, place.Sequence)).Order();
        places.AddRange((slice.Descending ? found.Reverse() : found).Take(max));
        return ValueTask.CompletedTask;
    }

    public SequenceSpan Narrow(SequenceSpan span, TimeSlice slice) => span with { First = Places(span, slice).Select(place => place.Sequence).FirstOrDefault(span.End) };

    private IEnumerable<TimePlace> Places(SequenceSpan span, TimeSlice slice)
    {
        for (var at = span.First; at < Math.Min(span.End, Size); at++)
        {
            var place = new TimePlace(_entries[(int)at].Times[slice.Kind], at);
            if (slice.Contains(place)) yield return place;
        }
    }

    public bool Proposes(IndexTerm term, long sequence) => Proposes(term, _entries[(int)sequence]);

    /// <summary>What an append does; by itself this ledger takes none.</summary>
    public Func<ValueTask>? WhenAppending { get; set; }

    /// <summary>Bodies that appends were asked to store, in their order.</summary>
    public List<string> Asked { get; } = [];

    public ValueTask AppendAsync(IReadOnlyList<AcceptedBatch> group, CancellationToken cancellation)
    {
        foreach (var batch in group)
        {
            foreach (ref var accepted in batch.Events) Asked.Add(Encoding.UTF8.GetString(batch.Body(accepted)));
        }

        return WhenAppending?.Invoke() ?? throw new NotSupportedException();
    }

    public ValueTask<DroppedSegment?> DropOldestAsync(long persistedBefore, IReadOnlyCollection<long> checkpointSizes, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Proposes(IndexTerm term, Entry entry)
    {
        var (keys, times) = (entry.Keys, entry.Times);
        return term switch
        {
            IndexTerm.Key key => keys[key.Kind] == key.Hash,
            IndexTerm.Time time => times[time.Kind] >= time.From && times[time.Kind] <= time.To,
            IndexTerm.AnyTenantId id => keys[IndexKind.Id] == KeyHash.OfId(keys[IndexKind.Tenant], Encoding.UTF8.GetBytes(id.Id)),
            IndexTerm.All all => all.Terms.All(part => Proposes(part, entry)),
            IndexTerm.Any any => any.Terms.Any(part => Proposes(part, entry)),
            _ => true,
        };
    }

    private void Put(EventPage page, long sequence)
    {
        var stored = this[sequence];
        page.Add(sequence, stored.PersistedAt, stored.Digest, stored.Body.Span);
        BodiesRead++;
    }

    private void ThrowIfAsked()
    {
        if (Failure is not { } failure) return;
        Failure = null;
        throw failure;
    }

    private sealed record Entry(StoredEvent Stored, IndexKeys Keys, EventTimes Times);
}
