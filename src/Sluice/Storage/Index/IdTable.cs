using System.Numerics;

namespace Sluice.Storage.Index;

/// <summary>
/// The ids of the active segment: hash of tenant and id → position. Eight bytes a slot, so a whole segment takes 16 MiB; the same hash may
/// stand several times, and who finds one confirms it against the body.
/// </summary>
internal sealed class IdTable
{
    private ulong[] _slots;
    private int _count;

    /// <param name="expected">Entries it will hold; it doubles when there are more.</param>
    public IdTable(int expected) => _slots = new ulong[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected * 2))];

    public void Add(ulong hash, int position)
    {
        if (++_count > _slots.Length / 2) Grow();
        Put((hash << IndexFile.PositionBits) | (uint)position);
    }

    /// <summary>Adds <paramref name="first"/> plus each position under this hash.</summary>
    public void Find(ulong hash, long first, List<long> sequences)
    {
        for (var at = SlotOf(hash); _slots[at] != 0; at = (at + 1) & (_slots.Length - 1))
        {
            if (_slots[at] >> IndexFile.PositionBits == hash) sequences.Add(first + (long)(_slots[at] & IndexFile.PositionMask));
        }
    }

    public void Clear()
    {
        if (_count > 0) Array.Clear(_slots);
        _count = 0;
    }

    /// <summary>No hash is 0, so no word is either.</summary>
    private void Put(ulong word)
    {
        var at = SlotOf(word >> IndexFile.PositionBits);
        while (_slots[at] != 0) at = (at + 1) & (_slots.Length - 1);
        _slots[at] = word;
    }

    private int SlotOf(ulong hash) => (int)(hash * 0x9E3779B97F4A7C15 >> 32) & (_slots.Length - 1);

    private void Grow()
    {
        var old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (var word in old)
        {
            if (word != 0) Put(word);
        }
    }
}
