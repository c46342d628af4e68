using Sluice.GraphQL.Introspection;

namespace Sluice.GraphQL.Validation;

/// <summary>Directives that exist, each once, where they may stand.</summary>
internal static class DirectiveRules
{
    public static IEnumerable<GraphQLError> AreKnown(DocumentFacts facts)
    {
        foreach (var (directives, place) in facts.Directives)
        {
            foreach (var directive in directives)
            {
                var name = directive.Name.Text;
                if (facts.Schema.FindDirective(name) is not { } definition)
                    yield return GraphQLError.At(directive, $"Directive @{name} is not defined").With("undefinedDirective", ("directiveName", name));
                else if (!definition.Places.Contains(place))
                    yield return GraphQLError.At(directive, $"'@{name}' can't be applied at {MetaText.Of(place)}").With("directiveCannotBeApplied", ("targetName", MetaText.Of(place)), ("name", name));
            }
        }
    }

    public static IEnumerable<GraphQLError> AreUnique(DocumentFacts facts) =>
        from use in facts.Directives
        from same in use.All.Where(directive => facts.Schema.FindDirective(directive.Name.Text) is not null).GroupBy(directive => directive.Name.Text)
        from again in same.Skip(1)
        select GraphQLError.At([same.First(), again], $"The directive \"{same.Key}\" can only be used once at this location.").With("directiveNotUniqueForLocation", ("directiveName", same.Key));
}
