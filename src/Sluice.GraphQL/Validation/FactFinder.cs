using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Introspection;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Walks a document once and notes what it uses.</summary>
internal sealed class FactFinder
{
    private readonly DocumentFacts _facts;
    private Definition _owner = null!;

    private FactFinder(DocumentFacts facts) => _facts = facts;

    public static DocumentFacts Find(Schema schema, Document document)
    {
        var facts = new DocumentFacts(schema, document);
        var finder = new FactFinder(facts);
        foreach (var definition in document.Definitions) finder.Note(definition);
        return facts;
    }

    private void Note(Definition definition)
    {
        _owner = definition;
        if (definition is OperationDefinition operation)
        {
            foreach (var variable in operation.Variables) Note(variable);
            Note(operation.Directives, Enum.Parse<DirectivePlace>(operation.Kind.ToString()));
            Note(operation.SelectionSet, _facts.Schema.RootOf(operation.Kind));
        }
        else if (definition is FragmentDefinition fragment)
        {
            Note(fragment.Directives, DirectivePlace.FragmentDefinition);
            Note(fragment.SelectionSet, Composite(fragment.On));
        }
    }

    private void Note(VariableDefinition variable)
    {
        if (variable.Default is not null && TypeReferences.Resolve(_facts.Schema, variable.Type) is { IsInput: true } type) _facts.Values.Add(new ValueUse(variable.Default, type));
        Note(variable.Directives, DirectivePlace.VariableDefinition);
    }

    private void Note(SelectionSet set, CompositeType? parent)
    {
        _facts.SelectionSets.Add(new SelectionsUse(set, parent));
        foreach (var selection in set.Selections) Note(selection, parent);
    }

    private void Note(Selection selection, CompositeType? parent)
    {
        if (selection is Field field)
        {
            Note(field, parent);
        }
        else if (selection is InlineFragment inline)
        {
            var on = inline.On is null ? parent : Composite(inline.On);
            _facts.FragmentUses.Add(new FragmentUse(inline, parent, on, _owner));
            Note(inline.Directives, DirectivePlace.InlineFragment);
            Note(inline.SelectionSet, on);
        }
        else if (selection is FragmentSpread spread)
        {
            var on = _facts.Fragments.TryGetValue(spread.Name.Text, out var fragment) ? Composite(fragment.On) : null;
            _facts.FragmentUses.Add(new FragmentUse(spread, parent, on, _owner));
            Note(spread.Directives, DirectivePlace.FragmentSpread);
        }
    }

    private void Note(Field field, CompositeType? parent)
    {
        var definition = MetaFields.Find(_facts.Schema, parent, field.Name.Text);
        _facts.Fields.Add(new FieldUse(field, parent, definition));
        Note(field, $"Field '{field.Name.Text}'", field.Arguments, definition?.Arguments);
        Note(field.Directives, DirectivePlace.Field);
        if (field.SelectionSet is not null) Note(field.SelectionSet, definition?.Type.Innermost as CompositeType);
    }

    private void Note(IReadOnlyList<Directive> directives, DirectivePlace place)
    {
        _facts.Directives.Add(new DirectivesUse(directives, place));
        foreach (var directive in directives)
            Note(directive, $"Directive '{directive.Name.Text}'", directive.Arguments, _facts.Schema.FindDirective(directive.Name.Text)?.Arguments);
    }

    private void Note(Node owner, string name, IReadOnlyList<Argument> given, IReadOnlyList<InputDefinition>? definitions)
    {
        if (definitions is not null) _facts.Arguments.Add(new ArgumentsUse(owner, name, given, definitions));
        foreach (var argument in given)
        {
            var definition = definitions?.FirstOrDefault(definition => definition.Name == argument.Name.Text);
            if (definition is not null) _facts.Values.Add(new ValueUse(argument.Value, definition.Type));
            NoteVariables(argument.Value, definition?.Type, definition?.Default is not null);
        }
    }

    private void NoteVariables(Value value, GraphType? type, bool hasDefault)
    {
        if (value is Variable variable)
        {
            _facts.Variables.Add(new VariableUse(variable, type, hasDefault, _owner));
        }
        else if (value is ListValue list)
        {
            foreach (var item in list.Items) NoteVariables(item, (type?.Nullable as ListType)?.Of, false);
        }
        else if (value is ObjectValue fields)
        {
            foreach (var field in fields.Fields)
            {
                var definition = (type?.Innermost as InputObjectType)?.Fields.GetValueOrDefault(field.Name.Text);
                NoteVariables(field.Value, definition?.Type, definition?.Default is not null);
            }
        }
    }

    private CompositeType? Composite(NamedTypeReference name) => _facts.Schema.Types.GetValueOrDefault(name.Name) as CompositeType;
}
