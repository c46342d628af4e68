using System.Security.Cryptography;
using System.Text;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>What a node is to do next with the streams, for all to have their share.</summary>
/// <param name="Take">In this order, while there is <paramref name="Room"/>.</param>
/// <param name="TakeAnyway">Beyond its share: somebody must.</param>
internal sealed record StreamPlan(IReadOnlyList<string> GiveBack, IReadOnlyList<string> Take, IReadOnlyList<string> TakeAnyway, int Room);

/// <summary>
/// Shares the streams out: a node runs at most as many as there are, divided by the nodes that are alive, rounded up. It only takes what nobody runs, and
/// only gives back what it has too much of, so that nothing moves for nothing. Each node has an order of its own, so that not all reach for the same one.
/// </summary>
/// <param name="self">This node, as the store names it.</param>
/// <param name="alive">All nodes that are.</param>
internal sealed class StreamShares(string self, IReadOnlySet<string> alive)
{
    /// <param name="places">The streams that should run.</param>
    /// <param name="mine">Those that this node has.</param>
    /// <param name="isKept">One of its own that it does not give back now.</param>
    /// <param name="isOverdue">One that nobody has run for so long that it does not matter whose share it is.</param>
    public StreamPlan Plan(IReadOnlyList<StreamPlace> places, IReadOnlySet<string> mine, Func<string, bool> isKept, Func<string, bool> isOverdue)
    {
        var share = ShareOf(places.Count);
        var own = places.Where(place => mine.Contains(place.Id)).ToList();
        var loose = own.Where(place => !isKept(place.Id)).OrderByDescending(Rank).ToList();
        var free = places.Where(place => !mine.Contains(place.Id) && IsFree(place)).OrderBy(Rank).ToLookup(place => place.Node == self || isOverdue(place.Id), place => place.Id);
        return new StreamPlan([.. loose.Take(loose.Count - share).Select(place => place.Id)], [.. free[false]], [.. free[true]], Math.Max(0, share - own.Count));
    }

    /// <summary>Nobody runs it. One that is said to be this node's and is not was left behind, and only this node knows.</summary>
    public bool IsFree(StreamPlace place) => place.Node is null || place.Node == self || !alive.Contains(place.Node);

    private int ShareOf(int streams)
    {
        var nodes = alive.Contains(self) ? alive.Count : alive.Count + 1;
        return (streams + nodes - 1) / nodes;
    }

    private ulong Rank(StreamPlace place) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{self}/{place.Id}")));
}
