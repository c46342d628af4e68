namespace Sluice.GraphQL.Validation;

/// <summary>Arguments of fields and directives.</summary>
internal static class ArgumentRules
{
    public static IEnumerable<GraphQLError> AreKnown(DocumentFacts facts) =>
        from use in facts.Arguments
        from argument in use.Given
        let name = argument.Name.Text
        where use.Definitions.All(definition => definition.Name != name)
        select GraphQLError.At(argument, $"{use.Name} doesn't accept argument '{name}'").With("argumentNotAccepted", ("name", OwnName(use)), ("typeName", use.Name.Split(' ')[0]), ("argumentName", name));

    public static IEnumerable<GraphQLError> RequiredAreThere(DocumentFacts facts) =>
        from use in facts.Arguments
        from definition in use.Definitions
        where definition.IsRequired && use.Given.All(argument => argument.Name.Text != definition.Name)
        select GraphQLError.At(use.Owner, $"{use.Name} is missing required arguments: {definition.Name}").With("missingRequiredArguments", ("className", use.Name.Split(' ')[0]), ("name", OwnName(use)), ("arguments", definition.Name));

    private static string OwnName(ArgumentsUse use) => use.Name.Split('\'')[1];
}
