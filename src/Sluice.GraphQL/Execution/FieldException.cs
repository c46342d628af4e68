namespace Sluice.GraphQL.Execution;

/// <summary>A value failed and has no place for null: it takes the value around it along.</summary>
internal sealed class FieldException(GraphQLError error) : Exception(error.Message)
{
    public GraphQLError Error { get; } = error;
}
