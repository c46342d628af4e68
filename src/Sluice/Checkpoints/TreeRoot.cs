using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Checkpoints;

/// <summary>Roots and proof hashes from a ledger's stored nodes.</summary>
public static class TreeRoot
{
    /// <summary>The root that the tree had at a size.</summary>
    public static ValueTask<Digest> OfAsync(ILedgerReader ledger, long size, CancellationToken cancellation) =>
        size == 0 ? ValueTask.FromResult(MerkleHash.EmptyRoot) : OfAsync(ledger, new LeafRange(0, size), cancellation);

    public static async ValueTask<Digest> OfAsync(ILedgerReader ledger, LeafRange range, CancellationToken cancellation)
    {
        var hashes = new List<Digest>();
        foreach (var node in Proofs.Subtrees(range)) hashes.Add(await ledger.NodeAsync(node, cancellation));
        return Proofs.Fold(hashes);
    }
}
