namespace Sluice.GraphQL;

/// <summary>What a client asks.</summary>
/// <param name="Variables">Their values as JSON has them: null, bool, long, double, string, lists and dictionaries of these.</param>
public sealed record GraphQLRequest(string Query, string? OperationName = null, IReadOnlyDictionary<string, object?>? Variables = null)
{
    /// <summary>Whatever resolvers need to know of the request.</summary>
    public object? State { get; init; }

    /// <summary>What mutations are refused with, where the request came in a way that must change nothing.</summary>
    public string? NoMutations { get; init; }
}
