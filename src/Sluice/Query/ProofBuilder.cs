using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>
/// Inclusion proofs of many events against one tree size, made for walking upwards: neighbours share most of their hashes, and those are kept.
/// </summary>
public sealed class ProofBuilder(ILedgerReader ledger, long size)
{
    private readonly (LeafRange Range, Digest Hash)[] _last = new (LeafRange, Digest)[Proofs.MaxLength];
    private readonly LeafTile _tile = new(ledger, size);

    /// <summary>The proof's hashes, the leaf's sibling first. The memory is reused by the next call.</summary>
    public async ValueTask<IReadOnlyList<Digest>> OfAsync(long sequence, List<Digest> hashes, CancellationToken cancellation)
    {
        hashes.Clear();
        var ranges = Proofs.Inclusion(sequence, size);
        await _tile.VisitAsync(sequence, cancellation);
        for (var i = 0; i < ranges.Count; i++) hashes.Add(await HashAsync(i, ranges[i], cancellation));
        return hashes;
    }

    private async ValueTask<Digest> HashAsync(int place, LeafRange range, CancellationToken cancellation)
    {
        if (_last[place].Range == range) return _last[place].Hash;
        if (!_tile.TryRoot(range, out var hash)) hash = await RootAsync(range, cancellation);
        _last[place] = (range, hash);
        return hash;
    }

    private async ValueTask<Digest> RootAsync(LeafRange range, CancellationToken cancellation)
    {
        var roots = new List<Digest>();
        foreach (var node in Proofs.Subtrees(range)) roots.Add(await ledger.NodeAsync(node, cancellation));
        return Proofs.Fold(roots);
    }
}
