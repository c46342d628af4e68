using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>What a document uses, and what the schema says of each use. The rules are questions to it.</summary>
internal sealed class DocumentFacts(Schema schema, Document document)
{
    public Schema Schema => schema;

    public Document Document => document;

    /// <summary>The first of each name.</summary>
    public IReadOnlyDictionary<string, FragmentDefinition> Fragments { get; } = document.Fragments.DistinctBy(fragment => fragment.Name.Text).ToDictionary(fragment => fragment.Name.Text);

    public List<FieldUse> Fields { get; } = [];

    public List<SelectionsUse> SelectionSets { get; } = [];

    public List<FragmentUse> FragmentUses { get; } = [];

    public List<DirectivesUse> Directives { get; } = [];

    public List<ArgumentsUse> Arguments { get; } = [];

    public List<ValueUse> Values { get; } = [];

    public List<VariableUse> Variables { get; } = [];

    /// <summary>The operation itself and every fragment that it reaches.</summary>
    public IEnumerable<Definition> ReachedFrom(Definition start)
    {
        var (reached, waiting) = (new HashSet<Definition>(ReferenceEqualityComparer.Instance) { start }, new Queue<Definition>([start]));
        while (waiting.TryDequeue(out var next))
        {
            yield return next;
            foreach (var name in SpreadsOf(next))
            {
                if (Fragments.TryGetValue(name, out var fragment) && reached.Add(fragment)) waiting.Enqueue(fragment);
            }
        }
    }

    private IEnumerable<string> SpreadsOf(Definition definition) =>
        (_spreads ??= FragmentUses.Where(use => use.Selection is FragmentSpread).ToLookup(use => use.Owner, use => ((FragmentSpread)use.Selection).Name.Text, Owners))[definition];

    private static readonly IEqualityComparer<Definition> Owners = ReferenceEqualityComparer.Instance;

    private ILookup<Definition, string>? _spreads;
}

/// <param name="Parent">The type that it is asked of; null when an error above keeps that unknown.</param>
internal sealed record FieldUse(Field Field, CompositeType? Parent, FieldDefinition? Definition);

internal sealed record SelectionsUse(SelectionSet Set, CompositeType? Parent);

/// <param name="On">The type of the fragment, where it is a composite one.</param>
internal sealed record FragmentUse(Selection Selection, CompositeType? Parent, CompositeType? On, Definition Owner);

/// <param name="All">Those that stand at one place.</param>
internal sealed record DirectivesUse(IReadOnlyList<Directive> All, DirectivePlace Place);

/// <param name="Owner">The field or directive that takes them.</param>
/// <param name="Name">Of the owner, for messages.</param>
internal sealed record ArgumentsUse(Node Owner, string Name, IReadOnlyList<Argument> Given, IReadOnlyList<InputDefinition> Definitions);

/// <param name="Type">What is expected.</param>
internal sealed record ValueUse(Value Value, GraphType Type);

/// <param name="Type">What its place expects; null where anything may stand.</param>
/// <param name="HasDefault">Its place has a default.</param>
internal sealed record VariableUse(Variable Variable, GraphType? Type, bool HasDefault, Definition Owner);
