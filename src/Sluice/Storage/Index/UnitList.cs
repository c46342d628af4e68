using System.Collections.Immutable;

namespace Sluice.Storage.Index;

/// <summary>The units of a ledger in order, without holes between them. Readers take the list as it is; whoever changes it puts a new one in its place.</summary>
internal sealed class UnitList
{
    private readonly Lock _changing = new();
    private ImmutableArray<IndexUnit> _units = [];

    public ImmutableArray<IndexUnit> Now
    {
        get
        {
            lock (_changing) return _units;
        }
    }

    public void Add(IndexUnit unit)
    {
        lock (_changing) _units = _units.Add(unit);
    }

    /// <summary>Puts one unit where others stood that cover the same events.</summary>
    public void Replace(IndexUnit replacement)
    {
        lock (_changing)
        {
            var from = 0;
            while (_units[from].First < replacement.First) from++;
            var to = from;
            while (to < _units.Length && _units[to].First < replacement.End) to++;
            _units = _units.RemoveRange(from, to - from).Insert(from, replacement);
        }
    }

    /// <summary>Takes out the units of everything before a sequence that a unit begins with.</summary>
    public void RemoveBefore(long first)
    {
        lock (_changing) _units = _units.RemoveAll(unit => unit.First < first);
    }

    /// <summary>The place of the unit that holds a sequence, or of the nearest one before it.</summary>
    public static int Find(ImmutableArray<IndexUnit> units, long sequence)
    {
        var (low, high) = (0, units.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (units[middle].First <= sequence) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
