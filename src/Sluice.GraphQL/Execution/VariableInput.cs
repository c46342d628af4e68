using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>Makes of one variable's value what resolvers get, and collects what is wrong with it.</summary>
internal sealed class VariableInput
{
    private const int MostProblems = 20;

    private readonly List<object> _path = [];
    private readonly List<InputProblem> _problems = [];

    public IReadOnlyList<InputProblem> Problems => _problems;

    public object? Coerce(object? value, GraphType type) => (type, value) switch
    {
        (NonNullType, null) => Problem("Expected value to not be null"),
        (_, null) => null,
        _ => CoerceValue(value, type.Nullable),
    };

    private object? CoerceValue(object value, GraphType type) => type switch
    {
        ListType list => List(value, list.Of),
        InputObjectType input => Object(value, input),
        EnumType names => value is string name && names.Find(name) is { } known
            ? known.Meaning
            : Problem($"Expected {Shown.Of(value)} to be one of: {string.Join(", ", names.Values.Select(one => one.Name))}"),
        _ => Scalar(value, (ScalarType)type.Innermost),
    };

    private List<object?> List(object value, GraphType of)
    {
        if (value is not IReadOnlyList<object?> items) return [Coerce(value, of)];
        return [.. items.Select((item, i) => At(i, () => Coerce(item, of)))];
    }

    private object? Object(object value, InputObjectType type)
    {
        if (value is not IReadOnlyDictionary<string, object?> given) return Problem($"Expected {Shown.Of(value)} to be an object of type {type.Name}");
        foreach (var unknown in given.Keys.Where(name => !type.Fields.ContainsKey(name))) At(unknown, () => Problem($"Field is not defined on {type.Name}"));
        var fields = new OrderedDictionary<string, object?>();
        foreach (var field in type.Fields.Values)
        {
            if (given.TryGetValue(field.Name, out var member)) fields[field.Name] = At(field.Name, () => Coerce(member, field.Type));
            else if (field.Default is not null && LiteralInput.TryCoerce(field.Default, field.Type, fields, out var fallback)) fields[field.Name] = fallback;
            else if (field.Type is NonNullType) At(field.Name, () => Problem("Expected value to not be null"));
        }

        return fields;
    }

    private object? Scalar(object value, ScalarType type)
    {
        try
        {
            return type.Parse(value);
        }
        catch (CoercionException problem)
        {
            return Problem(problem.Message);
        }
    }

    private object? At(object step, Func<object?> read)
    {
        _path.Add(step);
        var value = read();
        _path.RemoveAt(_path.Count - 1);
        return value;
    }

    private object? Problem(string explanation)
    {
        if (_problems.Count < MostProblems) _problems.Add(new InputProblem([.. _path], explanation));
        return null;
    }
}
