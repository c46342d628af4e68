namespace Sluice.GraphQL;

/// <summary>
/// A field has no value, and the caller is told why: the answer goes on without it. Any other exception of a resolver is none of the caller's business and goes
/// through to whoever asked for the execution.
/// </summary>
public sealed class GraphQLException(string message) : Exception(message)
{
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }
}
