namespace Sluice.GraphQL;

/// <summary>What a document may cost. Fields of the introspection do not count towards depth and complexity; their number is bounded by <see cref="AnsweredFields"/>.</summary>
public sealed record GraphQLLimits
{
    /// <summary>Characters of a document.</summary>
    public int Characters { get; init; } = 10_000;

    /// <summary>Selection sets inside each other, a scalar at the root having depth 1.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>Sum over all fields of what each one costs.</summary>
    public int Complexity { get; init; } = 300;

    /// <summary>Fields under another name, in the whole document.</summary>
    public int Aliases { get; init; } = 100;

    /// <summary>Errors of validation that are reported.</summary>
    public int Errors { get; init; } = 100;

    /// <summary>Fields in an answer, counted as they are resolved.</summary>
    public int AnsweredFields { get; init; } = 250_000;

    /// <summary>Pairs of fields that are compared to find out whether they can be merged.</summary>
    public int Comparisons { get; init; } = 200_000;
}
