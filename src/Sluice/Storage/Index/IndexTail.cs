using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>
/// The keys of the newest events, in memory until a run of them is written. One thread adds; readers see what was there when they looked.
/// </summary>
internal sealed class IndexTail : IndexUnit
{
    /// <summary>Events of one run. Larger runs would be scanned too slowly while they fill; smaller ones are too many files.</summary>
    public const int Capacity = 65_536;

    private readonly ulong[][] _hashes = new ulong[IndexKeys.Count][];
    private readonly long[][] _times = [new long[Capacity], new long[Capacity]];

    /// <summary>Of the blocks of times, kept along as they are added: they hold for what is published, and may be a little wide.</summary>
    private readonly TimeBounds[][] _bounds = [new TimeBounds[Capacity / IndexFile.TimeBlock], new TimeBounds[Capacity / IndexFile.TimeBlock]];

    private readonly HashSet<ulong> _seenTenants = [];
    private ulong[] _tenants = [];
    private int _count;

    public IndexTail(long first)
        : base(first)
    {
        for (var kind = 0; kind < _hashes.Length; kind++) _hashes[kind] = new ulong[Capacity];
    }

    public override int Count => Volatile.Read(ref _count);

    public bool IsFull => _count == Capacity;

    public ReadOnlySpan<ulong> Hashes(IndexKind kind) => _hashes[(int)kind].AsSpan(0, Count);

    public override ReadOnlySpan<long> Times(TimeKind kind) => _times[(int)kind].AsSpan(0, Count);

    /// <summary>Adds an event that readers see only after <see cref="Publish"/>.</summary>
    public void Add(int position, in IndexKeys keys, EventTimes times)
    {
        for (var kind = 0; kind < IndexKeys.Count; kind++) _hashes[kind][position] = keys[kind];
        for (var kind = 0; kind < EventTimes.Kinds; kind++) AddTime(kind, position, times[(TimeKind)kind]);
        var tenant = keys[IndexKind.Tenant];
        if (_seenTenants.Add(tenant)) Volatile.Write(ref _tenants, [.. _tenants, tenant]);
    }

    private void AddTime(int kind, int position, long time)
    {
        _times[kind][position] = time;
        ref var bounds = ref _bounds[kind][position / IndexFile.TimeBlock];
        bounds = position % IndexFile.TimeBlock == 0 ? new TimeBounds(time, time) : new TimeBounds(Math.Min(bounds.Least, time), Math.Max(bounds.Greatest, time));
    }

    public void Publish(int count) => Volatile.Write(ref _count, count);

    protected override Positions Key(IndexKind kind, ulong hash, bool descending) => new HashPositions(_hashes[(int)kind], Count, hash, descending);

    public override TimeBounds Bounds(TimeKind kind, int block) => _bounds[(int)kind][block];

    protected override Positions Time(TimeKind kind, long from, long to, bool descending) => new TailTimes(_times[(int)kind], Count, from, to, descending);

    protected override IReadOnlyList<ulong> Tenants() => Volatile.Read(ref _tenants);

    /// <summary>One pass for all keys: a pass for each would scan the tail once per tenant.</summary>
    protected override Positions AnyOfKeys(IndexKind kind, IReadOnlyList<ulong> hashes, bool descending) =>
        new AnyHashPositions(_hashes[(int)kind], Count, hashes, descending);

    private sealed class HashPositions(ulong[] hashes, int count, ulong hash, bool descending) : Positions
    {
        public override int Seek(int target)
        {
            if (target < 0 || target >= count) return None;
            if (descending) return hashes.AsSpan(0, target + 1).LastIndexOf(hash);
            var found = hashes.AsSpan(target, count - target).IndexOf(hash);
            return found < 0 ? None : target + found;
        }
    }

    private sealed class AnyHashPositions(ulong[] hashes, int count, IReadOnlyList<ulong> wanted, bool descending) : Positions
    {
        private readonly HashSet<ulong> _wanted = [.. wanted];
        private readonly ulong[] _maybe = Sieve(wanted);

        public override int Seek(int target)
        {
            var step = descending ? -1 : 1;
            for (var at = target; at >= 0 && at < count; at += step)
            {
                var hash = hashes[at];
                if ((_maybe[(int)(hash >> 6) & 63] & (1UL << (int)(hash & 63))) != 0 && _wanted.Contains(hash)) return at;
            }

            return None;
        }

        /// <summary>4,096 bits that let nearly all other hashes be passed over without a look-up.</summary>
        private static ulong[] Sieve(IReadOnlyList<ulong> wanted)
        {
            var bits = new ulong[64];
            foreach (var hash in wanted) bits[(int)(hash >> 6) & 63] |= 1UL << (int)(hash & 63);
            return bits;
        }
    }

    private sealed class TailTimes(long[] times, int count, long from, long to, bool descending) : Positions
    {
        public override int Seek(int target)
        {
            var step = descending ? -1 : 1;
            for (var at = target; at >= 0 && at < count; at += step)
            {
                if (times[at] >= from && times[at] <= to) return at;
            }

            return None;
        }
    }
}
