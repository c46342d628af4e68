using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;
using Sluice.GraphQL.Validation;

namespace Sluice.GraphQL;

/// <summary>Answers requests: parse, validate, bound, read the variables, execute. Whatever is wrong with a request is in the answer's errors.</summary>
public sealed class GraphQLExecutor(Schema schema, GraphQLLimits limits)
{
    private static readonly Dictionary<string, object?> NoVariables = [];

    public Schema Schema => schema;

    /// <summary>Exceptions of resolvers other than <see cref="GraphQLException"/> go through.</summary>
    public async ValueTask<GraphQLResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellation = default)
    {
        if (request.Query.Length > limits.Characters) return GraphQLResult.Refused(new GraphQLError("Query too large", []));
        try
        {
            var document = Parser.Parse(request.Query);
            var errors = Validator.Validate(schema, document, limits);
            return errors.Count > 0 ? GraphQLResult.Refused(errors) : await ExecuteAsync(document, request, cancellation);
        }
        catch (SyntaxException problem)
        {
            return GraphQLResult.Refused(new GraphQLError(problem.Message, [problem.Location]));
        }
        catch (TooMuchException problem)
        {
            return GraphQLResult.Refused(problem.Error);
        }
    }

    /// <summary>What the document costs, of the operation that the request chooses: 0 when it cannot be executed.</summary>
    public int ComplexityOf(GraphQLRequest request)
    {
        try
        {
            var document = Parser.Parse(request.Query);
            return Choose(document, request.OperationName, out _) is { } operation ? new DocumentCost(schema, document).Of(operation).Complexity : 0;
        }
        catch (SyntaxException)
        {
            return 0;
        }
    }

    private async ValueTask<GraphQLResult> ExecuteAsync(Document document, GraphQLRequest request, CancellationToken cancellation)
    {
        if (Choose(document, request.OperationName, out var problem) is not { } operation) return GraphQLResult.Refused(problem!);
        if (operation.Kind == OperationKind.Mutation && request.NoMutations is { } refusal) return GraphQLResult.Refused(GraphQLError.At(operation, refusal));
        if (schema.RootOf(operation.Kind) is not { } root) return new GraphQLResult(true, null, [GraphQLError.At(operation, $"Schema is not configured for {operation.Kind.ToString().ToLowerInvariant()}s")]);
        var variables = new VariableValues(schema);
        variables.Read(operation, request.Variables ?? NoVariables);
        if (variables.Errors.Count > 0) return GraphQLResult.Refused(variables.Errors);
        var fragments = document.Fragments.ToDictionary(fragment => fragment.Name.Text);
        var collector = new FieldCollector(schema, fragments, variables.Values);
        return await new OperationExecution(schema, collector, variables.Values, request.State, limits.AnsweredFields, cancellation).RunAsync(root, operation.SelectionSet);
    }

    private static OperationDefinition? Choose(Document document, string? name, out GraphQLError? problem)
    {
        var operations = document.Operations.ToList();
        var chosen = string.IsNullOrEmpty(name) ? (operations.Count == 1 ? operations[0] : null) : operations.Find(operation => operation.Name?.Text == name);
        problem = chosen is not null ? null : new GraphQLError(string.IsNullOrEmpty(name) ? "An operation name is required" : $"No operation named \"{name}\"", []);
        return chosen;
    }
}
