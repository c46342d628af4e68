using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>Finds what is selected of an object: fields by their response name, fragments opened, what is skipped left out.</summary>
internal sealed class FieldCollector(Schema schema, IReadOnlyDictionary<string, FragmentDefinition> fragments, IReadOnlyDictionary<string, object?> variables)
{
    public OrderedDictionary<string, List<Field>> Collect(ObjectType type, IEnumerable<SelectionSet> sets)
    {
        var (fields, seen) = (new OrderedDictionary<string, List<Field>>(), new HashSet<string>());
        foreach (var set in sets) Collect(type, set, fields, seen);
        return fields;
    }

    private void Collect(ObjectType type, SelectionSet set, OrderedDictionary<string, List<Field>> fields, HashSet<string> seen)
    {
        foreach (var selection in set.Selections.Where(IsIncluded))
        {
            if (selection is Field field) Add(field, fields);
            else if (Opened(selection, type, seen) is { } inside) Collect(type, inside, fields, seen);
        }
    }

    private SelectionSet? Opened(Selection selection, ObjectType type, HashSet<string> seen)
    {
        if (selection is InlineFragment inline) return inline.On is null || Applies(inline.On, type) ? inline.SelectionSet : null;
        var name = ((FragmentSpread)selection).Name.Text;
        return seen.Add(name) && fragments.TryGetValue(name, out var fragment) && Applies(fragment.On, type) ? fragment.SelectionSet : null;
    }

    private bool Applies(NamedTypeReference on, ObjectType type) => schema.Types.GetValueOrDefault(on.Name) is { } condition && schema.PossibleTypes(condition).Contains(type);

    private bool IsIncluded(Selection selection) => !Says(selection, DirectiveDefinition.Skip, whenAbsent: false) && Says(selection, DirectiveDefinition.Include, whenAbsent: true);

    private bool Says(Selection selection, DirectiveDefinition definition, bool whenAbsent)
    {
        var directive = selection.Directives.FirstOrDefault(directive => directive.Name.Text == definition.Name);
        return directive is null ? whenAbsent : ArgumentValues.Of(directive, definition.Arguments, directive.Arguments, variables).Get<bool>("if");
    }

    private static void Add(Field field, OrderedDictionary<string, List<Field>> fields)
    {
        if (!fields.TryGetValue(field.ResponseName, out var same)) fields[field.ResponseName] = same = [];
        same.Add(field);
    }
}
