using System.Numerics;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>
/// The 256 leaves around an event and the nodes above them. They are read together once a second event of theirs is asked for:
/// a lone event needs eight hashes, a row of them needs all.
/// </summary>
internal sealed class LeafTile(ILedgerReader ledger, long size)
{
    private const int Levels = 8;
    private const int Width = 1 << Levels;
    private const int BytesAtOnce = 8 << 20;

    /// <summary>Nodes in the order of a binary heap: the root at 1, the leaves from <see cref="Width"/> on.</summary>
    private readonly Digest[] _nodes = new Digest[2 * Width];

    private long _number = -1;
    private bool _loaded;

    /// <summary>Says which event's proof is made next.</summary>
    public async ValueTask VisitAsync(long sequence, CancellationToken cancellation)
    {
        var number = sequence >> Levels;
        var again = number == _number;
        if (again && _loaded) return;
        (_number, _loaded) = (number, false);
        if (again && (number + 1) << Levels <= size) _loaded = await LoadAsync(number << Levels, cancellation);
    }

    public bool TryRoot(LeafRange range, out Digest root)
    {
        root = default;
        var leaves = range.End - range.Start;
        if (!_loaded || leaves >= Width || range.Start >> Levels != _number || !BitOperations.IsPow2(leaves)) return false;
        var level = BitOperations.Log2((ulong)leaves);
        root = _nodes[(Width >> level) + ((range.Start & (Width - 1)) >> level)];
        return true;
    }

    private async ValueTask<bool> LoadAsync(long first, CancellationToken cancellation)
    {
        using var page = new EventPage();
        for (var count = 0; count < Width;)
        {
            page.Clear();
            await ledger.ReadAsync(page, first + count, first + Width, Width, BytesAtOnce, cancellation);
            if (page.Count == 0) return false;
            for (var i = 0; i < page.Count; i++)
            {
                if (page[i].Sequence != first + count) return false;
                _nodes[Width + count++] = MerkleHash.Leaf(page[i].Digest);
            }
        }

        for (var i = Width - 1; i > 0; i--) _nodes[i] = MerkleHash.Node(_nodes[2 * i], _nodes[2 * i + 1]);
        return true;
    }
}
