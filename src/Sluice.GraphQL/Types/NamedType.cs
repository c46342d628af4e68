namespace Sluice.GraphQL.Types;

public abstract class NamedType(string name) : GraphType
{
    public string Name => name;

    public string? Description { get; init; }

    public override NamedType Innermost => this;
}

/// <summary>A type with fields to select, or one that stands for several of them.</summary>
public abstract class CompositeType(string name) : NamedType(name);

/// <summary>A composite type with fields of its own.</summary>
/// <param name="fields">Asked for once, at first use: types may name each other in circles.</param>
public abstract class FieldedType(string name, Func<IEnumerable<FieldDefinition>> fields) : CompositeType(name)
{
    private readonly Lazy<IReadOnlyDictionary<string, FieldDefinition>> _fields = new(() => new OrderedDictionary<string, FieldDefinition>(fields().Select(field => KeyValuePair.Create(field.Name, field))));

    public IReadOnlyList<InterfaceType> Interfaces { get; init; } = [];

    public IReadOnlyDictionary<string, FieldDefinition> Fields => _fields.Value;
}

/// <inheritdoc/>
public sealed class ObjectType(string name, Func<IEnumerable<FieldDefinition>> fields) : FieldedType(name, fields);

/// <param name="name">Its name.</param>
/// <param name="fields">What every object behind it has.</param>
/// <param name="typeOf">The object type of a value.</param>
public sealed class InterfaceType(string name, Func<IEnumerable<FieldDefinition>> fields, Func<object, ObjectType> typeOf) : FieldedType(name, fields), IAbstractType
{
    public ObjectType TypeOf(object value) => typeOf(value);
}

/// <param name="name">Its name.</param>
/// <param name="members">The types it stands for.</param>
/// <param name="typeOf">The one of them that a value is of.</param>
public sealed class UnionType(string name, IReadOnlyList<ObjectType> members, Func<object, ObjectType> typeOf) : CompositeType(name), IAbstractType
{
    public IReadOnlyList<ObjectType> Members => members;

    public ObjectType TypeOf(object value) => typeOf(value);
}

/// <summary>A type whose values are of one of several object types.</summary>
public interface IAbstractType
{
    ObjectType TypeOf(object value);
}

/// <param name="name">Its name.</param>
/// <param name="fields">Asked for once, at first use.</param>
public sealed class InputObjectType(string name, Func<IEnumerable<InputDefinition>> fields) : NamedType(name)
{
    private readonly Lazy<IReadOnlyDictionary<string, InputDefinition>> _fields = new(() => new OrderedDictionary<string, InputDefinition>(fields().Select(field => KeyValuePair.Create(field.Name, field))));

    public IReadOnlyDictionary<string, InputDefinition> Fields => _fields.Value;
}

public sealed class EnumType(string name, IReadOnlyList<EnumValue> values) : NamedType(name)
{
    public IReadOnlyList<EnumValue> Values => values;

    public EnumValue? Find(string name) => values.FirstOrDefault(value => value.Name == name);
}

/// <param name="Value">What resolvers give and get; the name itself when absent.</param>
public sealed record EnumValue(string Name, object? Value = null)
{
    public string? Description { get; init; }

    public string? DeprecationReason { get; init; }

    internal object Meaning => Value ?? Name;
}
