using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Types;

/// <summary>A value is none of a type. The message says what was expected.</summary>
public sealed class CoercionException(string message) : Exception(message);

/// <summary>A leaf type whose values are not named one by one. Each method throws <see cref="CoercionException"/> for what it does not take.</summary>
public abstract class ScalarType(string name) : NamedType(name)
{
    public string? SpecifiedBy { get; init; }

    /// <summary>From a resolver's value to an answer's: a string, a number, a boolean, or for free-form scalars lists and dictionaries of these.</summary>
    public abstract object? Serialize(object value);

    /// <summary>From a variable's value, as JSON has it, to what resolvers get.</summary>
    public abstract object? Parse(object value);

    /// <summary>From a literal to what resolvers get.</summary>
    /// <param name="variables">The values of variables inside; null while the document is judged without them.</param>
    public abstract object? Parse(Value literal, IReadOnlyDictionary<string, object?>? variables);
}
