namespace Sluice.Ledger;

/// <summary>
/// Verifies proofs against one checkpoint. Neighbours share most of their way to the root, so a proof is followed only
/// to where it meets the last one that held: two hashes on average in place of twenty.
/// </summary>
internal sealed class InclusionVerifier
{
    private readonly long _size;

    // The last proof that held, by how many hashes remain above; step 0 is the root itself.
    private readonly Step[] _held = new Step[Proofs.MaxLength + 1];
    private readonly Step[] _tried = new Step[Proofs.MaxLength + 1];
    private int _heldLength;

    public InclusionVerifier(Checkpoint checkpoint)
    {
        _size = checkpoint.Size;
        _held[0].Hash = checkpoint.Root;
    }

    public bool Verify(long index, in Digest leafHash, ReadOnlySpan<Digest> proof)
    {
        if (index < 0 || index >= _size || proof.Length > Proofs.MaxLength)
            return false;

        var path = new ProofPath(index, _size - 1);
        var hash = leafHash;
        for (var remaining = proof.Length; ; remaining--)
        {
            if (MeetsHeld(path, hash, proof[^remaining..]))
            {
                Hold(proof.Length, remaining);
                return true;
            }
            if (remaining == 0 || path.IsAtRoot)
                return false;

            var sibling = proof[^remaining];
            _tried[remaining] = new Step { Path = path, Hash = hash, Sibling = sibling };
            hash = path.StepFromLeft() ? MerkleHash.Node(sibling, hash) : MerkleHash.Node(hash, sibling);
        }
    }

    private bool MeetsHeld(ProofPath path, in Digest hash, ReadOnlySpan<Digest> rest)
    {
        if (rest.Length > _heldLength || _held[rest.Length].Path != path || _held[rest.Length].Hash != hash)
            return false;

        for (var remaining = rest.Length; remaining > 0; remaining--)
        {
            if (_held[remaining].Sibling != rest[^remaining])
                return false;
        }
        return true;
    }

    private void Hold(int length, int shared)
    {
        for (var remaining = shared + 1; remaining <= length; remaining++)
            _held[remaining] = _tried[remaining];
        _heldLength = length;
    }

    private struct Step
    {
        public ProofPath Path;
        public Digest Hash;
        public Digest Sibling;
    }
}
