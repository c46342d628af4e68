using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Types;

/// <summary>The types of lists: <c>XConnection</c> and <c>XEdge</c> for each type <c>X</c>, one page information for all.</summary>
internal sealed class ConnectionTypes
{
    private readonly Dictionary<string, ObjectType> _types = [];

    private readonly ObjectType _page = new("PageInfo", () =>
    [
        FieldDefinition.Of<Connection>("hasNextPage", Scalars.Boolean.NonNull(), page => page.HasNextPage),
        FieldDefinition.Of<Connection>("hasPreviousPage", Scalars.Boolean.NonNull(), page => page.HasPreviousPage),
        FieldDefinition.Of<Connection>("startCursor", Scalars.String, page => page.StartCursor),
        FieldDefinition.Of<Connection>("endCursor", Scalars.String, page => page.EndCursor),
    ])
    {
        Description = "Where in a list a page is.",
    };

    private static IReadOnlyList<InputDefinition> Arguments { get; } =
    [
        new("after", Scalars.String) { Description = "Only what comes after this cursor." },
        new("before", Scalars.String) { Description = "Only what comes before this cursor." },
        new("first", Scalars.Int) { Description = "So many from the beginning, at most 100." },
        new("last", Scalars.Int) { Description = "So many from the end, at most 100." },
    ];

    /// <param name="all">The whole list; null where the caller may not see that there is one.</param>
    public FieldDefinition Field(string name, ObjectType of, Func<FieldContext, ValueTask<IReadOnlyList<INumbered>?>> all, bool isNullable = true, string? deprecation = null)
    {
        var type = Of(of);
        return new FieldDefinition(name, isNullable ? type : type.NonNull(), async context => await all(context) is { } nodes ? Connection.Cut(nodes, context.Arguments) : null)
        {
            Arguments = Arguments,
            DeprecationReason = deprecation,
            Cost = 2,
        };
    }

    private ObjectType Of(ObjectType of)
    {
        if (_types.TryGetValue(of.Name, out var known)) return known;
        var edge = new ObjectType($"{of.Name}Edge", () =>
        [
            FieldDefinition.Of<INumbered>("cursor", Scalars.String.NonNull(), Connection.CursorOf),
            FieldDefinition.Of<INumbered>("node", of, node => node),
        ]) { Description = $"An entry in a list of {of.Name}." };
        return _types[of.Name] = new ObjectType($"{of.Name}Connection", () =>
        [
            FieldDefinition.Of<Connection>("edges", edge.List(), page => page.Nodes),
            FieldDefinition.Of<Connection>("nodes", of.List(), page => page.Nodes),
            FieldDefinition.Of<Connection>("pageInfo", _page.NonNull(), page => page),
        ]) { Description = $"A page of a list of {of.Name}." };
    }
}
