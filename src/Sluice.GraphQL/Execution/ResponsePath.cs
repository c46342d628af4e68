namespace Sluice.GraphQL.Execution;

/// <summary>The way from the root to a value: response names and list indices.</summary>
internal sealed record ResponsePath(ResponsePath? Parent, object Step)
{
    public IReadOnlyList<object> ToList()
    {
        var steps = new List<object>();
        for (var at = this; at is not null; at = at.Parent) steps.Add(at.Step);
        steps.Reverse();
        return steps;
    }
}
