namespace Sluice.GraphQL.Execution;

/// <summary>What is wrong with a variable's value.</summary>
/// <param name="Path">Where in the value: field names and list indices.</param>
internal sealed record InputProblem(IReadOnlyList<object> Path, string Explanation);
