namespace Sluice.GraphQL.Validation;

/// <summary>Bounds of what is otherwise right.</summary>
internal static class CostRules
{
    public static IEnumerable<GraphQLError> Check(DocumentFacts facts, GraphQLLimits limits)
    {
        var aliases = facts.Fields.Count(use => use.Field.Alias is not null);
        if (aliases > limits.Aliases) yield return new GraphQLError($"Query has {aliases} aliases, which exceeds max aliases of {limits.Aliases}", []);
        var cost = new DocumentCost(facts.Schema, facts.Document);
        foreach (var (complexity, depth) in facts.Document.Operations.Select(cost.Of))
        {
            if (complexity > limits.Complexity) yield return new GraphQLError($"Query has complexity of {complexity}, which exceeds max complexity of {limits.Complexity}", []);
            if (depth > limits.Depth) yield return new GraphQLError($"Query has depth of {depth}, which exceeds max depth of {limits.Depth}", []);
        }
    }
}
