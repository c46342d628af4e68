namespace Sluice.GraphQL.Types;

/// <summary>A type of a schema. It spells itself as documents do: <c>[String!]!</c>.</summary>
public abstract class GraphType
{
    /// <summary>The type without lists and exclamation marks.</summary>
    public abstract NamedType Innermost { get; }

    /// <summary>The same type where null is allowed.</summary>
    public virtual GraphType Nullable => this;

    public bool IsInput => Innermost is ScalarType or EnumType or InputObjectType;

    public bool IsLeaf => Nullable is ScalarType or EnumType;

    public NonNullType NonNull() => new(this);

    public ListType List() => new(this);

    public override string ToString() => Innermost.Name;
}

public sealed class ListType(GraphType of) : GraphType
{
    public GraphType Of => of;

    public override NamedType Innermost => of.Innermost;

    public override string ToString() => $"[{of}]";
}

public sealed class NonNullType(GraphType of) : GraphType
{
    public override NamedType Innermost => of.Innermost;

    public override GraphType Nullable => of;

    public override string ToString() => $"{of}!";
}
