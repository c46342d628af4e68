using Sluice.GraphQL.Introspection;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>How deep and how costly operations are. Each fragment is counted once and remembered; the introspection costs nothing.</summary>
internal sealed class DocumentCost(Schema schema, Document document)
{
    private readonly Dictionary<string, FragmentDefinition> _fragments = document.Fragments.DistinctBy(fragment => fragment.Name.Text).ToDictionary(fragment => fragment.Name.Text);
    private readonly Dictionary<string, Cost> _known = [];

    public Cost Of(OperationDefinition operation) => Of(operation.SelectionSet, schema.RootOf(operation.Kind));

    private Cost Of(SelectionSet? set, CompositeType? parent) => set is null ? default : set.Selections.Aggregate(default(Cost), (sum, selection) => sum.And(Of(selection, parent)));

    private Cost Of(Selection selection, CompositeType? parent) => selection switch
    {
        FragmentSpread spread => OfFragment(spread.Name.Text),
        InlineFragment inline => Of(inline.SelectionSet, inline.On is null ? parent : Composite(inline.On)),
        Field field when !field.Name.Text.StartsWith("__", StringComparison.Ordinal) => Of(field, MetaFields.Find(schema, parent, field.Name.Text)),
        _ => default,
    };

    private Cost Of(Field field, FieldDefinition? definition) => Of(field.SelectionSet, definition?.Type.Innermost as CompositeType).Under(definition?.Cost ?? 1);

    private Cost OfFragment(string name)
    {
        if (_known.TryGetValue(name, out var cost) || !_fragments.TryGetValue(name, out var fragment)) return cost;
        return _known[name] = Of(fragment.SelectionSet, Composite(fragment.On));
    }

    private CompositeType? Composite(NamedTypeReference name) => schema.Types.GetValueOrDefault(name.Name) as CompositeType;
}

internal readonly record struct Cost(int Complexity, int Depth)
{
    private const int Most = int.MaxValue / 4;

    public Cost And(Cost other) => new(Math.Min(Most, Complexity + other.Complexity), Math.Max(Depth, other.Depth));

    public Cost Under(int cost) => new(Math.Min(Most, Complexity + cost), Depth + 1);
}
