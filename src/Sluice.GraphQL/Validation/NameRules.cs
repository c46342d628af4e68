using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Validation;

/// <summary>Names that are there once.</summary>
internal static class NameRules
{
    public static IEnumerable<GraphQLError> OperationsAreUnique(DocumentFacts facts) =>
        Repeated(facts.Document.Operations.Where(operation => operation.Name is not null).Select(operation => operation.Name!), name => $"Operation name \"{name}\" must be unique");

    public static IEnumerable<GraphQLError> AnonymousIsAlone(DocumentFacts facts) => facts.Document.Operations.Count() < 2
        ? []
        : facts.Document.Operations.Where(operation => operation.Name is null).Select(operation => GraphQLError.At(operation, "An operation without a name must be the only one"));

    public static IEnumerable<GraphQLError> FragmentsAreUnique(DocumentFacts facts) =>
        Repeated(facts.Document.Fragments.Select(fragment => fragment.Name), name => $"Fragment name \"{name}\" must be unique");

    public static IEnumerable<GraphQLError> VariablesAreUnique(DocumentFacts facts) =>
        facts.Document.Operations.SelectMany(operation => Together(operation.Variables.Select(variable => variable.Variable.Name), name => $"There can only be one variable named \"{name}\""));

    public static IEnumerable<GraphQLError> ArgumentsAreUnique(DocumentFacts facts) =>
        ArgumentLists(facts).SelectMany(arguments => Together(arguments.Select(argument => argument.Name), name => $"There can be only one argument named \"{name}\""));

    public static IEnumerable<GraphQLError> InputFieldsAreUnique(DocumentFacts facts) =>
        ArgumentLists(facts).SelectMany(arguments => arguments.Select(argument => argument.Value))
            .Concat(facts.Document.Operations.SelectMany(operation => operation.Variables).Select(variable => variable.Default).OfType<Value>())
            .SelectMany(Objects)
            .SelectMany(value => Repeated(value.Fields.Select(field => field.Name), name => $"There can be only one input field named \"{name}\""));

    private static IEnumerable<IReadOnlyList<Argument>> ArgumentLists(DocumentFacts facts) =>
        facts.Fields.Select(use => use.Field.Arguments).Concat(facts.Directives.SelectMany(use => use.All).Select(directive => directive.Arguments));

    private static IEnumerable<ObjectValue> Objects(Value value) => value switch
    {
        ListValue list => list.Items.SelectMany(Objects),
        ObjectValue fields => fields.Fields.SelectMany(field => Objects(field.Value)).Prepend(fields),
        _ => [],
    };

    /// <summary>An error for each name that was there before, at both places.</summary>
    private static IEnumerable<GraphQLError> Repeated(IEnumerable<Name> names, Func<string, string> message) =>
        from same in names.GroupBy(name => name.Text) from again in same.Skip(1) select GraphQLError.At([same.First(), again], message(same.Key));

    /// <summary>One error for all places of a name.</summary>
    private static IEnumerable<GraphQLError> Together(IEnumerable<Name> names, Func<string, string> message) =>
        names.GroupBy(name => name.Text).Where(same => same.Count() > 1).Select(same => GraphQLError.At(same, message(same.Key)));
}
