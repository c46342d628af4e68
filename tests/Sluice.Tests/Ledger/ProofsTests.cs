using FsCheck;
using FsCheck.Fluent;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class ProofsTests
{
    private static readonly Digest[] Leaves = Some.Leaves(2100);

    [Fact]
    public void The_known_inclusion_proof_comes_out_and_verifies()
    {
        Digest[] known =
        [
            Some.Hex("8e1f887cfc7c7a5e43f202daf67d99ae8f8fd4b33a6b251bcf9f5d83476303ea"),
            Some.Hex("a63dce614f2a0fe1b392fd837ff1a6802bfcd0755eff57cdaf30b3eebaee8c3d"),
            Some.Hex("95669b376bc4e3544da09825e59ae202a35ac0fc5e5809a2ca63d81e89d17d6c"),
        ];

        Assert.Equal(known, Hashes(Proofs.Inclusion(5, 7)));
        Assert.True(Proofs.VerifyInclusion(5, 7, Leaves[5], known, Root(7)));
        Assert.Empty(Proofs.Inclusion(0, 1));
        Assert.True(Proofs.VerifyInclusion(0, 1, Leaves[0], [], Leaves[0]));
    }

    [Theory]
    [InlineData(3, 7, "e76eb1b97b06757150f95e06357a7dc404ca511b63a90330a56a94df3d0d66d1,d5bdb58a19173a6a0111df3f1f62dbaa00e44221e0f09b47489812a010cd5314,718fa0369d7475099bc6cb4327e3823a4972285f92bd49971a583c9f08ffb68d,f5f34fe057a318ad65999c34f8cb277777e3364529fe701170b0908d0314c442")]
    [InlineData(4, 8, "efd1610e19e983ce8bdbeb50167f4304b989d565be5084bdd4950509f4e63b0d")]
    [InlineData(6, 8, "ebab446f54e22e53f32830d82708c8b51cd0a03aa62704b1f99c200f2ac88772,240770ee194e148c09883991fc8ac2e5f438ae78afe6f56b6d84e154c6c58c03,95669b376bc4e3544da09825e59ae202a35ac0fc5e5809a2ca63d81e89d17d6c")]
    public void The_known_consistency_proofs_come_out_and_verify(long from, long to, string hashes)
    {
        var known = Array.ConvertAll(hashes.Split(','), Some.Hex);

        Assert.Equal(known, Hashes(Proofs.Consistency(from, to)));
        Assert.True(Proofs.VerifyConsistency(from, to, known, Root(from), Root(to)));
        Assert.False(Proofs.VerifyConsistency(from, to, known, Root(to), Root(from)));
        Assert.False(Proofs.VerifyConsistency(to, from, known, Root(to), Root(from)));
    }

    [Fact]
    public void Every_small_tree_proves_all_of_its_leaves_and_all_of_its_past()
    {
        for (var size = 1; size <= 65; size++)
        {
            for (var index = 0; index < size; index++)
                Assert.True(Proofs.VerifyInclusion(index, size, Leaves[index], Hashes(Proofs.Inclusion(index, size)), Root(size)));
            for (var from = 0; from <= size; from++)
                Assert.True(Proofs.VerifyConsistency(from, size, Hashes(Proofs.Consistency(from, size)), Root(from), Root(size)));
        }
    }

    [Fact]
    public void Any_inclusion_proof_verifies_and_none_that_was_changed_does() =>
        Prop.ForAll(Below(2000).ToArbitrary(), pair =>
        {
            var (index, size) = pair;
            var (leaf, root, proof) = (Leaves[index], Root(size), Hashes(Proofs.Inclusion(index, size)));
            var (wrong, other) = (MerkleHash.EmptyRoot, index == 0 ? size : index - 1);

            return Proofs.VerifyInclusion(index, size, leaf, proof, root)
                && !Proofs.VerifyInclusion(index, size, wrong, proof, root)
                && !Proofs.VerifyInclusion(index, size, leaf, proof, wrong)
                && !Proofs.VerifyInclusion(other, size, leaf, proof, root)
                && !Proofs.VerifyInclusion(size, size, leaf, proof, root)
                && !Proofs.VerifyInclusion(-1, size, leaf, proof, root)
                && Changed(proof).TrueForAll(changed => !Proofs.VerifyInclusion(index, size, leaf, changed, root));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_consistency_proof_verifies_and_none_that_was_changed_does() =>
        Prop.ForAll(Below(2000).ToArbitrary(), pair =>
        {
            var (from, to) = ((long)pair.Index, (long)pair.Size);
            var (old, now, proof) = (Root(from), Root(to), Hashes(Proofs.Consistency(from, to)));
            var wrong = Leaves[2099];

            return Proofs.VerifyConsistency(from, to, proof, old, now)
                && !Proofs.VerifyConsistency(from, to, proof, wrong, now)
                && (from == 0 || !Proofs.VerifyConsistency(from, to, proof, old, wrong))
                && !Proofs.VerifyConsistency(from + 1, to, proof, old, now)
                && Changed(proof).TrueForAll(changed => !Proofs.VerifyConsistency(from, to, changed, old, now));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tree_is_consistent_with_itself_and_with_nothing_else_of_its_size()
    {
        Assert.True(Proofs.VerifyConsistency(7, 7, [], Root(7), Root(7)));
        Assert.False(Proofs.VerifyConsistency(7, 7, [], Root(7), Root(6)));
        Assert.False(Proofs.VerifyConsistency(7, 7, [Root(7)], Root(7), Root(7)));
        Assert.False(Proofs.VerifyConsistency(3, 7, [], Root(3), Root(7)));
        Assert.False(Proofs.VerifyConsistency(-1, 7, [], Root(3), Root(7)));
        Assert.False(Proofs.VerifyConsistency(0, 7, [], Root(3), Root(7)));
    }

    [Fact]
    public void Plans_are_made_of_complete_subtrees_at_any_size() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).Two().ToArbitrary(), pair =>
        {
            var (a, b) = ((long)pair.Item1 << 20, ((long)pair.Item2 << 20) + pair.Item1);
            var (index, size) = (Math.Min(a, b), Math.Max(a, b) + 1);
            foreach (var range in (List<LeafRange>)[.. Proofs.Inclusion(index, size), .. Proofs.Consistency(index, size)])
            {
                var start = range.Start;
                foreach (var node in Proofs.Subtrees(range))
                {
                    if (node.Index << node.Level != start)
                        return false;
                    start += 1L << node.Level;
                }
                if (start != range.End)
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(-1, 7)]
    public void There_is_no_proof_for_what_is_not_in_the_tree(long index, long size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proofs.Inclusion(index, size));

    [Theory]
    [InlineData(8, 7)]
    [InlineData(-1, 7)]
    public void There_is_no_proof_from_the_future(long from, long to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proofs.Consistency(from, to));

    [Fact]
    public void A_verifier_with_a_memory_judges_as_one_without() =>
        Prop.ForAll(Gen.Choose(1, 400).Zip(Gen.Choose(0, 1 << 20).ArrayOf(60)).ToArbitrary(), pair =>
        {
            var (size, choices) = pair;
            var verifier = new InclusionVerifier(new Checkpoint("o", size, Root(size)));
            foreach (var choice in choices)
            {
                var index = choice % size;
                var proof = Hashes(Proofs.Inclusion(index, size));
                var claimed = choice % 3 == 0 ? (index + 1) % size : index;
                if (choice % 5 == 0 && proof.Length > 0)
                    proof[choice % proof.Length] = MerkleHash.EmptyRoot;
                if (choice % 7 == 0)
                    proof = [.. proof, Root(size)];
                var expected = Proofs.VerifyInclusion(claimed, size, Leaves[index], proof, Root(size));
                if (verifier.Verify(claimed, Leaves[index], proof) != expected)
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    private static Gen<(int Index, int Size)> Below(int largest) =>
        from size in Gen.Choose(1, largest)
        from index in Gen.Choose(0, size - 1)
        select (index, size);

    private static List<Digest[]> Changed(Digest[] proof)
    {
        List<Digest[]> changed = [[.. proof, MerkleHash.EmptyRoot], [MerkleHash.EmptyRoot, .. proof]];
        for (var i = 0; i < proof.Length; i++)
        {
            var other = (Digest[])proof.Clone();
            other[i] = MerkleHash.EmptyRoot;
            changed.Add(other);
            changed.Add([.. proof.AsSpan(0, i), .. proof.AsSpan(i + 1)]);
        }
        return changed;
    }

    private static Digest[] Hashes(IReadOnlyList<LeafRange> ranges)
    {
        var hashes = new Digest[ranges.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            var nodes = new List<Digest>();
            foreach (var node in Proofs.Subtrees(ranges[i]))
                nodes.Add(Some.Root(Leaves.AsSpan((int)(node.Index << node.Level), 1 << node.Level)));
            hashes[i] = Proofs.Fold(nodes);
        }
        return hashes;
    }

    private static Digest Root(long size) => Some.Root(Leaves.AsSpan(0, (int)size));
}
