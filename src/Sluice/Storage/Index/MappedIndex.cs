using System.IO.MemoryMappedFiles;
using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>
/// A run or a segment's index, mapped. It is never unmapped by hand: whoever still walks it keeps it alive, and the last one to let go frees it.
/// </summary>
internal sealed unsafe partial class MappedIndex : IndexUnit
{
    private const int DontNeed = 4;

    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _base;

    public MappedIndex(string path, long first, int count, MemoryMappedViewAccessor view)
        : base(first)
    {
        (Path, Count, _view) = (path, count, view);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + view.PointerOffset;
        _base = (int)(first & IndexFile.PositionMask);
    }

    public string Path { get; }

    public override int Count { get; }

    /// <summary>The kind's words, sorted: hash, then position in the segment.</summary>
    public ReadOnlySpan<ulong> Words(IndexKind kind) => new(WordsAt(kind), Count);

    private ulong* FilterAt => (ulong*)((byte*)TimesAt(0) + EventTimes.Kinds * IndexFile.TimesBytes(Count));

    public override ReadOnlySpan<long> Times(TimeKind kind) => new(TimesAt(kind), Count);

    public override TimeBounds Bounds(TimeKind kind, int block) => new(BlocksAt(kind)[2 * block], BlocksAt(kind)[2 * block + 1]);

    /// <summary>False when the id is surely not in this unit.</summary>
    public bool MayHoldId(ulong hash)
    {
        var may = IdFilter.MayContain(FilterAt, Count, hash);
        GC.KeepAlive(this);
        return may;
    }

    /// <summary>Adds the sequences whose id has this hash.</summary>
    public void FindId(ulong hash, List<long> sequences)
    {
        var (low, high) = Range(IndexKind.Id, hash);
        for (var i = low; i < high; i++) sequences.Add(First - _base + (long)(WordsAt(IndexKind.Id)[i] & IndexFile.PositionMask));
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back that walking it took; who still walks it reads it from the file again.</summary>
    public void LetGo()
    {
        if (OperatingSystem.IsLinux()) _ = madvise(_start, (nuint)IndexFile.LengthFor(Count), DontNeed);
        GC.KeepAlive(this);
    }

    [System.Runtime.InteropServices.LibraryImport("libc")]
    private static partial int madvise(byte* start, nuint length, int advice);

    protected override Positions Key(IndexKind kind, ulong hash, bool descending)
    {
        var (low, high) = Range(kind, hash);
        return low == high ? NoPosition.Instance : new WordPositions(this, WordsAt(kind) + low, high - low, descending);
    }

    protected override Positions Time(TimeKind kind, long from, long to, bool descending) => new BlockTimes(this, kind, from, to, descending);

    protected override IReadOnlyList<ulong> Tenants()
    {
        var found = new List<ulong>();
        var words = Words(IndexKind.Tenant);
        for (var at = 0; at < Count;)
        {
            var hash = words[at] >> IndexFile.PositionBits;
            found.Add(hash);
            at = After(words, hash);
        }

        GC.KeepAlive(this);
        return found;
    }

    private long* TimesAt(TimeKind kind) => (long*)(_start + IndexFile.HeaderBytes + (8L * Count * IndexKeys.Count) + ((int)kind * IndexFile.TimesBytes(Count)));

    private long* BlocksAt(TimeKind kind) => TimesAt(kind) + Count;

    private ulong* WordsAt(IndexKind kind) => (ulong*)(_start + IndexFile.HeaderBytes) + (long)Count * (int)kind;

    private (int Low, int High) Range(IndexKind kind, ulong hash)
    {
        var words = Words(kind);
        var low = LowerBound(words, hash << IndexFile.PositionBits);
        var rest = words[low..];
        var range = (low, low + After(rest, hash));
        GC.KeepAlive(this);
        return range;
    }

    /// <summary>Where the words of this hash end.</summary>
    private static int After(ReadOnlySpan<ulong> words, ulong hash)
    {
        var last = (hash << IndexFile.PositionBits) | IndexFile.PositionMask;
        var at = LowerBound(words, last);
        return at < words.Length && words[at] == last ? at + 1 : at;
    }

    private static int LowerBound(ReadOnlySpan<ulong> words, ulong value)
    {
        var (low, high) = (0, words.Length);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (words[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private sealed class WordPositions(MappedIndex unit, ulong* words, int count, bool descending) : Positions
    {
        private readonly ulong _hash = words[0] & ~(ulong)IndexFile.PositionMask;
        private int _at = descending ? count - 1 : 0;

        public override int Seek(int target)
        {
            if (target < 0 || target >= unit.Count) return None;
            var wanted = _hash | (uint)(target + unit._base);
            _at = descending ? Down(wanted) : Up(wanted);
            var found = _at >= 0 && _at < count ? (int)(words[_at] & IndexFile.PositionMask) - unit._base : None;
            GC.KeepAlive(unit);
            return found;
        }

        /// <summary>A walk asks for ever later places, so the search starts where the last one ended, in growing steps.</summary>
        private int Up(ulong wanted)
        {
            if (_at >= count || words[_at] >= wanted) return _at;
            var step = 1;
            while (_at + step < count && words[_at + step] < wanted) step *= 2;
            var low = _at + step / 2;
            return low + LowerBound(new ReadOnlySpan<ulong>(words + low, Math.Min(count, _at + step) - low), wanted);
        }

        private int Down(ulong wanted)
        {
            if (_at < 0 || words[_at] <= wanted) return _at;
            var step = 1;
            while (_at - step >= 0 && words[_at - step] > wanted) step *= 2;
            var low = Math.Max(0, _at - step);
            return low + LowerBound(new ReadOnlySpan<ulong>(words + low, _at - low + 1), wanted + 1) - 1;
        }
    }

    private sealed class BlockTimes(MappedIndex unit, TimeKind kind, long from, long to, bool descending) : Positions
    {
        public override int Seek(int target)
        {
            var found = Find(target);
            GC.KeepAlive(unit);
            return found;
        }

        private int Find(int target)
        {
            var times = unit.TimesAt(kind);
            var blocks = unit.BlocksAt(kind);
            for (var at = target; at >= 0 && at < unit.Count;)
            {
                var block = at / IndexFile.TimeBlock;
                if (blocks[2 * block] > to || blocks[2 * block + 1] < from)
                {
                    at = descending ? block * IndexFile.TimeBlock - 1 : (block + 1) * IndexFile.TimeBlock;
                    continue;
                }

                if (times[at] >= from && times[at] <= to) return at;
                at += descending ? -1 : 1;
            }

            return None;
        }
    }
}
