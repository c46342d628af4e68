using Sluice.GraphQL.Introspection;
using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Types;

/// <summary>Every type that can be reached from the two roots.</summary>
public sealed class Schema
{
    private readonly OrderedDictionary<string, NamedType> _types = [];
    private readonly Dictionary<NamedType, HashSet<ObjectType>> _possible = [];

    /// <param name="query">Where queries begin.</param>
    /// <param name="mutation">Where mutations begin; null when nothing can be changed.</param>
    /// <param name="more">Types that are reached through interfaces only.</param>
    public Schema(ObjectType query, ObjectType? mutation = null, IEnumerable<NamedType>? more = null)
    {
        (Query, Mutation) = (query, mutation);
        foreach (var type in new NamedType?[] { query, mutation, Scalars.String, Scalars.Boolean, MetaTypes.Schema }.Concat(more ?? []))
        {
            if (type is not null) Add(type);
        }

        foreach (var type in _types.Values.OfType<ObjectType>()) AddToItsInterfaces(type);
        foreach (var union in _types.Values.OfType<UnionType>()) _possible[union] = [.. union.Members];
    }

    public ObjectType Query { get; }

    public ObjectType? Mutation { get; }

    public IReadOnlyDictionary<string, NamedType> Types => _types;

    public IReadOnlyList<DirectiveDefinition> Directives => DirectiveDefinition.All;

    /// <summary>Where operations of that kind begin; null when there are none.</summary>
    public ObjectType? RootOf(OperationKind kind) => kind switch
    {
        OperationKind.Query => Query,
        OperationKind.Mutation => Mutation,
        _ => null,
    };

    public DirectiveDefinition? FindDirective(string name) => Directives.FirstOrDefault(directive => directive.Name == name);

    /// <summary>The object types that a value of the type may have.</summary>
    public IReadOnlySet<ObjectType> PossibleTypes(NamedType type) => type is ObjectType one ? new HashSet<ObjectType> { one } : _possible.GetValueOrDefault(type) ?? [];

    /// <summary>Every value of <paramref name="type"/> is one of <paramref name="of"/>.</summary>
    public bool IsSubtype(GraphType type, GraphType of) => (type, of) switch
    {
        (NonNullType one, NonNullType other) => IsSubtype(one.Nullable, other.Nullable),
        (NonNullType one, _) => IsSubtype(one.Nullable, of),
        (_, NonNullType) => false,
        (ListType one, ListType other) => IsSubtype(one.Of, other.Of),
        (ListType, _) or (_, ListType) => false,
        _ => ReferenceEquals(type, of) || (type is ObjectType one && of is IAbstractType && PossibleTypes(of.Innermost).Contains(one)),
    };

    private void Add(NamedType type)
    {
        if (_types.TryGetValue(type.Name, out var known))
        {
            if (!ReferenceEquals(known, type)) throw new ArgumentException($"Two types are named {type.Name}.");
            return;
        }

        _types[type.Name] = type;
        foreach (var reached in Reached(type)) Add(reached.Innermost);
    }

    private static IEnumerable<GraphType> Reached(NamedType type) => type switch
    {
        FieldedType fielded => fielded.Interfaces.Concat(fielded.Fields.Values.SelectMany(field => field.Arguments.Select(argument => argument.Type).Append(field.Type))),
        InputObjectType input => input.Fields.Values.Select(field => field.Type),
        UnionType union => union.Members,
        _ => [],
    };

    private void AddToItsInterfaces(ObjectType type)
    {
        foreach (var its in type.Interfaces)
        {
            if (its.Fields.Keys.FirstOrDefault(name => !type.Fields.ContainsKey(name)) is { } missing) throw new ArgumentException($"{type.Name} has no field {missing}, as {its.Name} demands.");
            if (!_possible.TryGetValue(its, out var types)) _possible[its] = types = [];
            types.Add(type);
        }
    }
}
