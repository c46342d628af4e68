using FsCheck;
using FsCheck.Fluent;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class TreeStateTests
{
    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "956ae51bd3e285ccb826298dd523dd08824ce5579749994f2e0021737b9dd4b8")]
    [InlineData(2, "718fa0369d7475099bc6cb4327e3823a4972285f92bd49971a583c9f08ffb68d")]
    [InlineData(3, "64b249c4e0606e3d9742c49bfd57cd1e3eb170f5ccefa26ea045ca193d64a75f")]
    [InlineData(4, "95669b376bc4e3544da09825e59ae202a35ac0fc5e5809a2ca63d81e89d17d6c")]
    [InlineData(5, "e14e43627e473070de926fe026cc670820e60288089abd1f95f83f42fe81f7ab")]
    [InlineData(6, "7e1749081c08b63ce27f4f159005786bf2c46c4a2d3642d795734ac879d30dbf")]
    [InlineData(7, "4cbd8e35849450400d4e9c4c0ae7f71c79ad4410f9ad2c624622ff5f8617313d")]
    [InlineData(8, "2c56d14626d0985b97bcaeff29d37232fe7a1c69e65055ba13d4e12c0ad34cf7")]
    public void The_root_of_each_size_is_known(int size, string root) =>
        Assert.Equal(root, Some.Tree(Some.Leaves(size)).Root().ToHex());

    [Fact]
    public void The_leaves_are_known()
    {
        var leaves = Some.Leaves(8);

        Assert.Equal("956ae51bd3e285ccb826298dd523dd08824ce5579749994f2e0021737b9dd4b8", leaves[0].ToHex());
        Assert.Equal("316e394982eba82b17b1e5aab3538ecb0a7529e0cd3cd51b4abcced3612ea9d2", leaves[7].ToHex());
    }

    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_roots_of_certificate_transparency_come_out(int size, string root)
    {
        string[] entries =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var tree = new TreeState();
        foreach (var entry in entries.AsSpan(0, size))
            tree.Append(MerkleHash.Leaf(Convert.FromHexString(entry)));

        Assert.Equal(root, tree.Root().ToHex());
    }

    [Fact]
    public void A_leaf_of_a_digest_is_the_leaf_of_its_bytes()
    {
        var entry = Some.Hex(Some.Event1Digest);

        Assert.Equal(MerkleHash.Leaf(entry.ToArray()), MerkleHash.Leaf(entry));
        Assert.Equal(Digest.Sha256([0, .. new byte[5000]]), MerkleHash.Leaf(new byte[5000]));
    }

    [Fact]
    public void The_root_is_the_recursive_one_at_any_size() =>
        Prop.ForAll(Gen.Choose(0, 2000).ToArbitrary(), size =>
        {
            var leaves = Some.Leaves(size);
            return Some.Tree(leaves).Root() == Some.Root(leaves);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_state_goes_on_from_its_bytes_as_if_it_had_never_stopped() =>
        Prop.ForAll(Gen.Choose(0, 600).Two().ToArbitrary(), sizes =>
        {
            var (before, after) = sizes;
            var leaves = Some.Leaves(before + after);
            var stopped = Some.Tree(leaves.AsSpan(0, before));
            var copy = stopped.Clone();
            var resumed = TreeState.FromBytes(stopped.ToBytes());
            foreach (var leaf in leaves.AsSpan(before))
            {
                copy.Append(leaf);
                resumed.Append(leaf);
            }
            return stopped.Root() == Some.Root(leaves.AsSpan(0, before))
                && copy.Root() == Some.Root(leaves)
                && resumed.Root() == copy.Root()
                && resumed.Size == leaves.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_leaf_tells_the_subtrees_that_it_completes()
    {
        var leaves = Some.Leaves(1100);
        var tree = new TreeState();
        var completed = new Digest[TreeState.MaxLevels];
        for (var i = 0; i < leaves.Length; i++)
        {
            var levels = tree.Append(leaves[i], completed);

            Assert.Equal(long.TrailingZeroCount(i + 1), levels);
            for (var level = 1; level <= levels; level++)
                Assert.Equal(Some.Root(leaves.AsSpan(i + 1 - (1 << level), 1 << level)), completed[level - 1]);
        }
    }

    [Fact]
    public void Too_little_room_for_completed_subtrees_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TreeState().Append(MerkleHash.EmptyRoot, new Digest[62]));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(39)]
    [InlineData(41)]
    public void Bytes_that_are_no_state_are_refused(int length)
    {
        var bytes = new byte[length];
        if (length > 7)
            bytes[7] = 1;

        Assert.Throws<FormatException>(() => TreeState.FromBytes(bytes));
    }

    [Fact]
    public void A_negative_size_is_refused() =>
        Assert.Throws<FormatException>(() => TreeState.FromBytes([0x80, .. new byte[7 + 32]]));
}
