namespace Sluice.GraphQL;

/// <summary>What is answered. A request that was refused before anything was executed has no data member at all.</summary>
/// <param name="Data">Ordered as the client asked; null when the failure of a field reached the root.</param>
public sealed record GraphQLResult(bool WasExecuted, OrderedDictionary<string, object?>? Data, IReadOnlyList<GraphQLError> Errors)
{
    public static GraphQLResult Refused(params IReadOnlyList<GraphQLError> errors) => new(false, null, errors);
}
