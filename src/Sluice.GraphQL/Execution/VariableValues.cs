using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>The values of an operation's variables: what the client gave, judged, with the operation's defaults.</summary>
internal sealed class VariableValues(Schema schema)
{
    private static readonly Dictionary<string, object?> None = [];

    private readonly Dictionary<string, object?> _values = [];
    private readonly List<GraphQLError> _errors = [];

    public IReadOnlyDictionary<string, object?> Values => _values;

    public IReadOnlyList<GraphQLError> Errors => _errors;

    public void Read(OperationDefinition operation, IReadOnlyDictionary<string, object?> given)
    {
        foreach (var variable in operation.Variables)
        {
            var (name, type) = (variable.Variable.Name.Text, TypeReferences.Resolve(schema, variable.Type)!);
            if (given.TryGetValue(name, out var value)) Judge(variable, type, value);
            else if (variable.Default is not null) Default(variable.Default, name, type);
            else if (type is NonNullType) Judge(variable, type, null);
        }
    }

    private void Default(Value literal, string name, GraphType type)
    {
        if (LiteralInput.TryCoerce(literal, type, None, out var value)) _values[name] = value;
    }

    private void Judge(VariableDefinition variable, GraphType type, object? value)
    {
        var input = new VariableInput();
        _values[variable.Variable.Name.Text] = input.Coerce(value, type);
        if (input.Problems.Count == 0) return;
        var problems = input.Problems.Select(problem => problem.Path.Count == 0 ? $"({problem.Explanation})" : $"for {string.Join('.', problem.Path)} ({problem.Explanation})");
        // The value itself is not told: it may hold secrets that only its sender should have.
        _errors.Add(GraphQLError.At(variable, $"Variable ${variable.Variable.Name.Text} of type {type} was provided invalid value {string.Join(", ", problems)}") with
        {
            Extensions = new OrderedDictionary<string, object?>
            {
                ["problems"] = input.Problems.Select(problem => new OrderedDictionary<string, object?> { ["path"] = problem.Path, ["explanation"] = problem.Explanation }).ToList(),
            },
        });
    }
}
