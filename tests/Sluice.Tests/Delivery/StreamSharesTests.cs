using FsCheck;
using FsCheck.Fluent;
using Sluice.Delivery;
using Sluice.Streams;

namespace Sluice.Tests.Delivery;

/// <summary>Whatever nodes and streams there are, the plans of all nodes come to rest with every stream on one node and every node within its share.</summary>
public sealed class StreamSharesTests
{
    [Fact]
    public void Nodes_that_come_and_go_come_to_rest_with_everything_shared_out() => Prop.ForAll(
        Gen.Choose(1, 6).NonEmptyListOf().Select(counts => counts.Take(6).ToList()).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (counts, streams) =>
        {
            var owners = Enumerable.Range(0, streams).ToDictionary(i => $"siem_{i}", _ => (string?)null);
            foreach (var nodes in counts) ComeToRest(owners, [.. Enumerable.Range(0, nodes).Select(i => $"node-{i}")]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_moves_while_nothing_changes()
    {
        var owners = Enumerable.Range(0, 10).ToDictionary(i => $"siem_{i}", _ => (string?)null);
        string[] nodes = ["a", "b", "c"];
        ComeToRest(owners, nodes);

        var before = owners.ToDictionary();
        Round(owners, nodes);

        Assert.Equal(before, owners);
    }

    [Fact]
    public void One_that_is_kept_is_not_given_back_and_one_that_is_overdue_is_taken_beyond_the_share()
    {
        var shares = new StreamShares("a", new HashSet<string> { "a", "b" });
        StreamPlace[] places = [Place("siem_1", "a"), Place("siem_2", "a"), Place("siem_3", null), Place("siem_4", "b")];

        var plan = shares.Plan(places, new HashSet<string> { "siem_1", "siem_2" }, _ => true, id => id == "siem_3");
        var full = shares.Plan([.. places, Place("siem_5", "a")], new HashSet<string> { "siem_1", "siem_2", "siem_5" }, id => id == "siem_2", _ => false);

        Assert.Equal((0, 0, "siem_3", 0), (plan.GiveBack.Count, plan.Take.Count, Assert.Single(plan.TakeAnyway), plan.Room));
        Assert.Empty(full.GiveBack);
    }

    [Fact]
    public void What_was_left_behind_under_its_name_a_node_takes_up_again_and_what_an_alive_one_runs_it_leaves()
    {
        var shares = new StreamShares("a", new HashSet<string> { "a", "b" });

        var plan = shares.Plan([Place("siem_1", "a"), Place("siem_2", "b"), Place("siem_3", "dead")], new HashSet<string>(), _ => false, _ => false);

        Assert.Equal(["siem_1"], plan.TakeAnyway);
        Assert.Equal(["siem_3"], plan.Take);
    }

    private static void ComeToRest(Dictionary<string, string?> owners, string[] nodes)
    {
        for (var rounds = 0; Round(owners, nodes); rounds++) Assert.True(rounds < 10, "They never come to rest.");
        var share = (owners.Count + nodes.Length - 1) / nodes.Length;
        Assert.All(owners, owner => Assert.Contains(owner.Value, nodes));
        Assert.All(nodes, node => Assert.True(owners.Count(owner => owner.Value == node) <= share));
    }

    /// <returns>Whether anything moved.</returns>
    private static bool Round(Dictionary<string, string?> owners, string[] nodes)
    {
        var before = owners.ToDictionary();
        foreach (var node in nodes)
        {
            var places = owners.Select(owner => Place(owner.Key, owner.Value)).ToList();
            var mine = owners.Where(owner => owner.Value == node).Select(owner => owner.Key).ToHashSet();
            var plan = new StreamShares(node, nodes.ToHashSet()).Plan(places, mine, _ => false, _ => false);
            foreach (var id in plan.GiveBack) owners[id] = null;
            foreach (var id in plan.TakeAnyway.Concat(plan.Take.Take(plan.Room))) owners[id] = node;
        }

        return !before.SequenceEqual(owners);
    }

    private static StreamPlace Place(string id, string? node) => new(id, null, id, "scripted", -1, StreamState.Created(0, true), 1, node);
}
