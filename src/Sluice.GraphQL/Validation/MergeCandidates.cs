using System.Runtime.CompilerServices;
using Sluice.GraphQL.Introspection;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <param name="Arguments">Spelled in one order, to be compared.</param>
internal sealed record SelectedField(CompositeType? Parent, Field Field, GraphType? Type, string Arguments);

/// <summary>The fields of a selection set by their response name, inline fragments opened, and the names of the fragments it spreads.</summary>
internal sealed record SelectedFields(SelectionSet Set, OrderedDictionary<string, List<SelectedField>> Fields, List<string> Fragments);

/// <summary>Two fields that cannot have one place.</summary>
internal sealed record MergeConflict(string Name, string Reason, IReadOnlyList<Field> One, IReadOnlyList<Field> Other);

/// <summary>What each selection set selects, found once.</summary>
internal sealed class MergeCandidates(DocumentFacts facts)
{
    private readonly Dictionary<SelectionSet, SelectedFields> _known = new(ReferenceEqualityComparer.Instance);

    public SelectedFields Of(SelectionSet set, CompositeType? parent)
    {
        if (_known.TryGetValue(set, out var known)) return known;
        var selected = _known[set] = new SelectedFields(set, [], []);
        Add(set, parent, selected);
        return selected;
    }

    public SelectedFields? OfFragment(string name) =>
        facts.Fragments.TryGetValue(name, out var fragment) ? Of(fragment.SelectionSet, facts.Schema.Types.GetValueOrDefault(fragment.On.Name) as CompositeType) : null;

    private void Add(SelectionSet set, CompositeType? parent, SelectedFields selected)
    {
        foreach (var selection in set.Selections)
        {
            if (selection is Field field) Add(field, parent, selected);
            else if (selection is InlineFragment inline) Add(inline.SelectionSet, inline.On is null ? parent : facts.Schema.Types.GetValueOrDefault(inline.On.Name) as CompositeType, selected);
            else if (selection is FragmentSpread spread && !selected.Fragments.Contains(spread.Name.Text)) selected.Fragments.Add(spread.Name.Text);
        }
    }

    private void Add(Field field, CompositeType? parent, SelectedFields selected)
    {
        if (!selected.Fields.TryGetValue(field.ResponseName, out var same)) selected.Fields[field.ResponseName] = same = [];
        same.Add(new SelectedField(parent, field, MetaFields.Find(facts.Schema, parent, field.Name.Text)?.Type, Spelled(field.Arguments)));
    }

    private static string Spelled(IReadOnlyList<Argument> arguments) =>
        $"({string.Join(", ", arguments.OrderBy(argument => argument.Name.Text, StringComparer.Ordinal).Select(argument => $"{argument.Name.Text}: {Printer.Print(Sorted(argument.Value))}"))})";

    private static Value Sorted(Value value) => value switch
    {
        ListValue list => list with { Items = [.. list.Items.Select(Sorted)] },
        ObjectValue fields => fields with { Fields = [.. fields.Fields.OrderBy(field => field.Name.Text, StringComparer.Ordinal).Select(field => field with { Value = Sorted(field.Value) })] },
        _ => value,
    };
}

/// <summary>A selection set is itself, whatever others look like; hashing its content would cost more than the comparison it saves.</summary>
internal sealed class SetAndName : IEqualityComparer<(SelectionSet Set, string Name, bool Apart)>
{
    public static SetAndName Comparer { get; } = new();

    public bool Equals((SelectionSet Set, string Name, bool Apart) one, (SelectionSet Set, string Name, bool Apart) other) =>
        ReferenceEquals(one.Set, other.Set) && one.Name == other.Name && one.Apart == other.Apart;

    public int GetHashCode((SelectionSet Set, string Name, bool Apart) key) => HashCode.Combine(RuntimeHelpers.GetHashCode(key.Set), key.Name, key.Apart);
}
