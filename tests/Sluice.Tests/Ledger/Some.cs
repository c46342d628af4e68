using System.Text;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

/// <summary>Trees and events for tests, and the slow, obvious ways to compute what the ledger computes fast.</summary>
internal static class Some
{
    public const string Event1 = """
        {"id":"evt_1","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"acme","category":"certificate_lifecycle","action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"usr_k1","name":"Ada","email":"ada@example.com"},"resource":{"type":"certificate","id":"crt_o5"},"source_ip":"203.0.113.42","metadata":{"validity_days":365,"personal":{"phone":"+41 44 000 00 00"}},"salt":"AAECAwQFBgcICQoLDA0ODw","sequence":0,"persisted_at":"2026-03-15T08:42:17.010000000Z"}
        """;

    public const string Event1Canonical = """
        {"action":"certificate.issue","actor":{"id":"usr_k1","type":"user"},"category":"certificate_lifecycle","id":"evt_1","metadata":{"validity_days":365},"outcome":"success","personal":"sha256:59b0856f898e3da50ab1773ece6070f4f06bd24fc6ee3284edf4eefe4e03921c","resource":{"id":"crt_o5","type":"certificate"},"tenant_id":"acme","timestamp":"2026-03-15T08:42:17.003000000Z"}
        """;

    public const string Event1Digest = "6a699e25540e948fb8e2b0162f1c746c4828e6983383c5d80b2a5006830def7a";

    public const string Event2 = """
        {"id":"evt_2","timestamp":"2026-03-15T08:42:18.000000001Z","tenant_id":"acme","category":"uncatalogued","action":"x.y","outcome":"denied","actor":{"type":"system","id":"s"},"salt":"EBESExQVFhcYGRobHB0eHw","sequence":1}
        """;

    public const string Event2Canonical = """
        {"action":"x.y","actor":{"id":"s","type":"system"},"category":"uncatalogued","id":"evt_2","outcome":"denied","personal":"sha256:5f7213c2bf337f08868288d93c28567c0320bbd1cf580e2714896f72f6e64203","tenant_id":"acme","timestamp":"2026-03-15T08:42:18.000000001Z"}
        """;

    public const string Event2Digest = "114595ecda3e4897c2758d8c6753a512873d0324101db2f84b3e25a320330e5b";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static Digest Hex(string hex) => Digest.TryParseHex(Utf8(hex), out var digest) ? digest : throw new FormatException(hex);

    /// <summary>The leaves whose entries are "e0", "e1", …</summary>
    public static Digest[] Leaves(long count)
    {
        var leaves = new Digest[count];
        for (var i = 0; i < count; i++)
            leaves[i] = MerkleHash.Leaf(Utf8($"e{i}"));
        return leaves;
    }

    /// <summary>The root by the words of RFC 6962.</summary>
    public static Digest Root(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length == 0)
            return MerkleHash.EmptyRoot;
        if (leaves.Length == 1)
            return leaves[0];

        var half = 1;
        while (2 * half < leaves.Length)
            half *= 2;
        return MerkleHash.Node(Root(leaves[..half]), Root(leaves[half..]));
    }

    public static TreeState Tree(ReadOnlySpan<Digest> leaves)
    {
        var tree = new TreeState();
        foreach (var leaf in leaves)
            tree.Append(leaf);
        return tree;
    }
}
