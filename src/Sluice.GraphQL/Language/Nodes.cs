namespace Sluice.GraphQL.Language;

/// <summary>A part of a document.</summary>
public abstract record Node(Location Location);

public sealed record Name(Location Location, string Text) : Node(Location);

public sealed record Document(IReadOnlyList<Definition> Definitions)
{
    public IEnumerable<OperationDefinition> Operations => Definitions.OfType<OperationDefinition>();

    public IEnumerable<FragmentDefinition> Fragments => Definitions.OfType<FragmentDefinition>();
}

/// <summary>An operation or a fragment.</summary>
public abstract record Definition(Location Location, string? Description, IReadOnlyList<Directive> Directives, SelectionSet SelectionSet) : Node(Location);

public enum OperationKind
{
    Query,
    Mutation,
    Subscription,
}

public sealed record OperationDefinition(
    Location Location, string? Description, OperationKind Kind, Name? Name, IReadOnlyList<VariableDefinition> Variables, IReadOnlyList<Directive> Directives, SelectionSet SelectionSet)
    : Definition(Location, Description, Directives, SelectionSet);

public sealed record FragmentDefinition(
    Location Location, string? Description, Name Name, NamedTypeReference On, IReadOnlyList<Directive> Directives, SelectionSet SelectionSet)
    : Definition(Location, Description, Directives, SelectionSet);

public sealed record VariableDefinition(
    Location Location, string? Description, Variable Variable, TypeReference Type, Value? Default, IReadOnlyList<Directive> Directives) : Node(Location);

public sealed record Directive(Location Location, Name Name, IReadOnlyList<Argument> Arguments) : Node(Location);

public sealed record Argument(Location Location, Name Name, Value Value) : Node(Location);

public sealed record SelectionSet(Location Location, IReadOnlyList<Selection> Selections) : Node(Location);

public abstract record Selection(Location Location, IReadOnlyList<Directive> Directives) : Node(Location);

public sealed record Field(
    Location Location, Name? Alias, Name Name, IReadOnlyList<Argument> Arguments, IReadOnlyList<Directive> Directives, SelectionSet? SelectionSet) : Selection(Location, Directives)
{
    /// <summary>Its name in the answer.</summary>
    public string ResponseName => (Alias ?? Name).Text;
}

public sealed record FragmentSpread(Location Location, Name Name, IReadOnlyList<Directive> Directives) : Selection(Location, Directives);

public sealed record InlineFragment(Location Location, NamedTypeReference? On, IReadOnlyList<Directive> Directives, SelectionSet SelectionSet) : Selection(Location, Directives);

/// <summary>A type as a document names it.</summary>
public abstract record TypeReference(Location Location) : Node(Location)
{
    /// <summary>The type without lists and exclamation marks.</summary>
    public abstract NamedTypeReference Innermost { get; }
}

public sealed record NamedTypeReference(Location Location, string Name) : TypeReference(Location)
{
    public override NamedTypeReference Innermost => this;
}

public sealed record ListTypeReference(Location Location, TypeReference Of) : TypeReference(Location)
{
    public override NamedTypeReference Innermost => Of.Innermost;
}

public sealed record NonNullTypeReference(Location Location, TypeReference Of) : TypeReference(Location)
{
    public override NamedTypeReference Innermost => Of.Innermost;
}
