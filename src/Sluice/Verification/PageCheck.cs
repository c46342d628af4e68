using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>Checks a page of events against their digests, on all cores, and hashes the leaves of those that are right.</summary>
internal sealed class PageCheck
{
    private static readonly int Parts = 4 * Environment.ProcessorCount;

    private readonly string?[] _problems = new string?[Parts];
    private readonly int[] _whole = new int[Parts];
    private Digest[] _leaves = [];

    /// <summary>The leaves of the right events before the first wrong one.</summary>
    public ReadOnlySpan<Digest> Leaves => _leaves.AsSpan(0, Right);

    /// <summary>How many events are right before the first wrong one.</summary>
    public int Right { get; private set; }

    /// <summary>What is wrong with the event after those; null when all are right.</summary>
    public string? Problem { get; private set; }

    public void Run(EventPage page, long expected, long persistedAt)
    {
        if (_leaves.Length < page.Count) _leaves = new Digest[page.Count];
        var (inOrder, problem) = Order(page, expected, persistedAt);
        Parallel.For(0, Parts, part => Digests(page, part, inOrder));
        (Right, Problem) = (inOrder, problem);
        for (var part = 0; part < Parts; part++)
        {
            if (_problems[part] is null) continue;
            (Right, Problem) = (_whole[part], _problems[part]);
            return;
        }
    }

    private static (int InOrder, string? Problem) Order(EventPage page, long expected, long persistedAt)
    {
        for (var i = 0; i < page.Count; i++)
        {
            var stored = page[i];
            if (stored.Sequence != expected + i) return (i, $"It is missing; the next event that is there is {stored.Sequence}.");
            if (stored.PersistedAt < persistedAt) return (i, "It was committed before the event in front of it, says its persisted_at.");
            persistedAt = stored.PersistedAt;
        }

        return (page.Count, null);
    }

    private void Digests(EventPage page, int part, int count)
    {
        _problems[part] = null;
        var end = (int)((long)count * (part + 1) / Parts);
        for (var i = (int)((long)count * part / Parts); i < end; i++)
        {
            var stored = page[i];
            if (!EventHash.TryComputeStored(stored.Body.Span, out var digest, out var problem))
            {
                (_whole[part], _problems[part]) = (i, problem);
                return;
            }

            if (digest != stored.Digest)
            {
                (_whole[part], _problems[part]) = (i, $"Its content has the hash {EventHash.Text(digest)}, and the ledger's entry is {EventHash.Text(stored.Digest)}.");
                return;
            }

            _leaves[i] = MerkleHash.Leaf(stored.Digest);
        }
    }
}
