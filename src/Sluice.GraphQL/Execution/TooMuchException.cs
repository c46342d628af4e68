namespace Sluice.GraphQL.Execution;

/// <summary>An answer became too large: it is given up whole.</summary>
internal sealed class TooMuchException(GraphQLError error) : Exception(error.Message)
{
    public GraphQLError Error { get; } = error;
}
