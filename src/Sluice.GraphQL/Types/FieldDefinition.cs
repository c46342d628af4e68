using Sluice.GraphQL.Execution;

namespace Sluice.GraphQL.Types;

/// <summary>Finds the value of a field: null, a leaf's value, an object, or a list of these.</summary>
/// <exception cref="GraphQLException">There is none, and the caller is told why.</exception>
public delegate ValueTask<object?> Resolver(FieldContext context);

/// <summary>A field of an object or interface type.</summary>
/// <param name="Resolve">Never asked for on an interface.</param>
public sealed record FieldDefinition(string Name, GraphType Type, Resolver Resolve)
{
    public string? Description { get; init; }

    public IReadOnlyList<InputDefinition> Arguments { get; init; } = [];

    public string? DeprecationReason { get; init; }

    /// <summary>What it costs itself, without what is selected below it.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>A field that is a member of its object.</summary>
    public static FieldDefinition Of<T>(string name, GraphType type, Func<T, object?> read) =>
        new(name, type, context => ValueTask.FromResult(read((T)context.Source!)));

    /// <summary>A field that an interface demands.</summary>
    public static FieldDefinition Abstract(string name, GraphType type) =>
        new(name, type, _ => throw new InvalidOperationException($"{name} is a field of an interface."));

    public InputDefinition? FindArgument(string name) => Arguments.FirstOrDefault(argument => argument.Name == name);
}

/// <summary>An argument, or a field of an input object.</summary>
public sealed record InputDefinition(string Name, GraphType Type)
{
    public string? Description { get; init; }

    public string? DeprecationReason { get; init; }

    /// <summary>What it is when left out; null: it is absent then.</summary>
    public Language.Value? Default { get; init; }

    public bool IsRequired => Type is NonNullType && Default is null;
}
