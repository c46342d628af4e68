using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>
/// Fields that get one place in the answer must be the same field with the same arguments, or be of types that exclude each other and have answers of one shape.
/// Pairs of fragments are compared once, and all comparisons are counted: without that, small documents would take for ever.
/// </summary>
internal sealed class MergeRules(DocumentFacts facts, int mostComparisons)
{
    private readonly MergeCandidates _candidates = new(facts);
    private readonly HashSet<(string, string, bool)> _comparedFragments = [];
    private readonly HashSet<(SelectionSet, string, bool)> _comparedSets = new(SetAndName.Comparer);
    private int _comparisons;

    public IEnumerable<GraphQLError> Check()
    {
        var errors = new List<GraphQLError>();
        try
        {
            foreach (var (set, parent) in facts.SelectionSets) errors.AddRange(Within(_candidates.Of(set, parent)).Select(Error));
            return errors;
        }
        catch (TooManyException)
        {
            return [new GraphQLError("Query is too complex to find out whether its fields can be merged", [])];
        }
    }

    private static GraphQLError Error(MergeConflict conflict) =>
        GraphQLError.At([.. conflict.One, .. conflict.Other], $"Field '{conflict.Name}' has a conflict: {conflict.Reason}").With("fieldConflict", ("fieldName", conflict.Name), ("conflicts", conflict.Reason));

    private List<MergeConflict> Within(SelectedFields selected)
    {
        var conflicts = new List<MergeConflict>();
        foreach (var same in selected.Fields.Values)
        {
            for (var i = 0; i < same.Count; i++)
            {
                for (var j = i + 1; j < same.Count; j++) Compare(same[i], same[j], false, conflicts);
            }
        }

        for (var i = 0; i < selected.Fragments.Count; i++)
        {
            FieldsWithFragment(selected, selected.Fragments[i], false, conflicts);
            for (var j = i + 1; j < selected.Fragments.Count; j++) FragmentWithFragment(selected.Fragments[i], selected.Fragments[j], false, conflicts);
        }

        return conflicts;
    }

    /// <param name="apart">Their parents cannot be one object: only the shapes of their answers have to agree.</param>
    private void Between(SelectedFields one, SelectedFields other, bool apart, List<MergeConflict> conflicts)
    {
        FieldsWithFields(one, other, apart, conflicts);
        foreach (var fragment in other.Fragments) FieldsWithFragment(one, fragment, apart, conflicts);
        foreach (var fragment in one.Fragments) FieldsWithFragment(other, fragment, apart, conflicts);
        foreach (var first in one.Fragments)
        {
            foreach (var second in other.Fragments) FragmentWithFragment(first, second, apart, conflicts);
        }
    }

    private void FieldsWithFields(SelectedFields one, SelectedFields other, bool apart, List<MergeConflict> conflicts)
    {
        foreach (var (name, fields) in one.Fields)
        {
            foreach (var field in fields)
            {
                foreach (var second in other.Fields.GetValueOrDefault(name) ?? []) Compare(field, second, apart, conflicts);
            }
        }
    }

    private void FieldsWithFragment(SelectedFields one, string name, bool apart, List<MergeConflict> conflicts)
    {
        if (!_comparedSets.Add((one.Set, name, apart)) || _candidates.OfFragment(name) is not { } inside || ReferenceEquals(inside, one)) return;
        FieldsWithFields(one, inside, apart, conflicts);
        foreach (var further in inside.Fragments) FieldsWithFragment(one, further, apart, conflicts);
    }

    private void FragmentWithFragment(string one, string other, bool apart, List<MergeConflict> conflicts)
    {
        if (one == other || !_comparedFragments.Add(string.CompareOrdinal(one, other) < 0 ? (one, other, apart) : (other, one, apart))) return;
        if (_candidates.OfFragment(one) is not { } first || _candidates.OfFragment(other) is not { } second) return;
        FieldsWithFields(first, second, apart, conflicts);
        foreach (var further in second.Fragments) FragmentWithFragment(one, further, apart, conflicts);
        foreach (var further in first.Fragments) FragmentWithFragment(further, other, apart, conflicts);
    }

    private void Compare(SelectedField one, SelectedField other, bool apart, List<MergeConflict> conflicts)
    {
        if (++_comparisons > mostComparisons) throw new TooManyException();
        if (Difference(one, other, apart || AreApart(one, other)) is { } conflict) conflicts.Add(conflict);
    }

    private MergeConflict? Difference(SelectedField one, SelectedField other, bool apart)
    {
        var name = one.Field.ResponseName;
        if (!apart && one.Field.Name.Text != other.Field.Name.Text) return new MergeConflict(name, $"{one.Field.Name.Text} or {other.Field.Name.Text}?", [one.Field], [other.Field]);
        if (!apart && one.Arguments != other.Arguments) return new MergeConflict(name, $"{one.Arguments} or {other.Arguments}?", [one.Field], [other.Field]);
        if (one.Type is not null && other.Type is not null && !HaveOneShape(one.Type, other.Type)) return new MergeConflict(name, $"{one.Type} or {other.Type}?", [one.Field], [other.Field]);
        if (one.Field.SelectionSet is not { } first || other.Field.SelectionSet is not { } second) return null;
        var inside = new List<MergeConflict>();
        Between(_candidates.Of(first, one.Type?.Innermost as CompositeType), _candidates.Of(second, other.Type?.Innermost as CompositeType), apart, inside);
        return inside.Count == 0 ? null : new MergeConflict(
            name, string.Join(", ", inside.Select(conflict => $"{conflict.Name}: {conflict.Reason}")),
            [one.Field, .. inside.SelectMany(conflict => conflict.One)], [other.Field, .. inside.SelectMany(conflict => conflict.Other)]);
    }

    private static bool AreApart(SelectedField one, SelectedField other) => one.Parent is ObjectType && other.Parent is ObjectType && !ReferenceEquals(one.Parent, other.Parent);

    private static bool HaveOneShape(GraphType one, GraphType other) => (one, other) switch
    {
        (ListType first, ListType second) => HaveOneShape(first.Of, second.Of),
        (ListType, _) or (_, ListType) => false,
        (NonNullType, NonNullType) => HaveOneShape(one.Nullable, other.Nullable),
        (NonNullType, _) or (_, NonNullType) => false,
        _ => (!one.IsLeaf && !other.IsLeaf) || ReferenceEquals(one, other),
    };

    private sealed class TooManyException : Exception;
}
