using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Validation;

/// <summary>Finds fragments that lead back to themselves: each circle once, with the spreads that make it.</summary>
internal sealed class FragmentCircles(DocumentFacts facts, ILookup<string?, FragmentSpread> spreads)
{
    private readonly HashSet<string> _visited = [];
    private readonly List<FragmentSpread> _way = [];
    private readonly Dictionary<string, int> _depths = [];
    private readonly List<GraphQLError> _errors = [];

    public IReadOnlyList<GraphQLError> Find()
    {
        foreach (var name in facts.Document.Fragments.Select(fragment => fragment.Name.Text)) Visit(name);
        return _errors;
    }

    private void Visit(string name)
    {
        if (!_visited.Add(name)) return;
        _depths[name] = _way.Count;
        foreach (var spread in spreads[name])
        {
            var target = spread.Name.Text;
            _way.Add(spread);
            if (_depths.TryGetValue(target, out var start)) _errors.Add(GraphQLError.At(_way[start..], $"Fragment {target} contains an infinite loop").With("infiniteLoop", ("fragmentName", target)));
            else if (facts.Fragments.ContainsKey(target)) Visit(target);
            _way.RemoveAt(_way.Count - 1);
        }

        _depths.Remove(name);
    }
}
