using Sluice.Ledger;
using Sluice.Query;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Query;

public sealed class ProofBuilderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(1024)]
    public async Task Proofs_in_a_row_lead_to_the_root(int size)
    {
        var ledger = Filled(size);
        var root = ledger.Tree().Root();
        ledger.Add("{\"id\":\"later\"}");
        await ProveAsync(ledger, size, root, Enumerable.Range(0, size));
    }

    [Fact]
    public async Task Proofs_of_scattered_events_lead_to_the_root()
    {
        var ledger = Filled(900);
        var root = ledger.Tree().Root();
        await ProveAsync(ledger, 900, root, [899, 3, 4, 300, 5, 301, 302, 899, 0, 512, 511, 767, 768]);
        Assert.True(ledger.BodiesRead <= 3 * 256);
    }

    private static async Task ProveAsync(InMemoryLedger ledger, int size, Digest root, IEnumerable<int> sequences)
    {
        var (builder, hashes) = (new ProofBuilder(ledger, size), new List<Digest>());
        foreach (var sequence in sequences)
        {
            var proof = await builder.OfAsync(sequence, hashes, default);
            Assert.True(Proofs.VerifyInclusion(sequence, size, MerkleHash.Leaf(ledger[sequence].Digest), proof, root), $"{sequence} of {size}");
        }
    }

    private static InMemoryLedger Filled(int size)
    {
        var ledger = new InMemoryLedger();
        for (var i = 0; i < size; i++) ledger.Add($"{{\"id\":\"e{i}\"}}");
        return ledger;
    }
}
