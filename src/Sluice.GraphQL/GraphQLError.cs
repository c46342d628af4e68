using Sluice.GraphQL.Language;

namespace Sluice.GraphQL;

/// <summary>One entry of an answer's <c>errors</c>.</summary>
/// <param name="Path">Response names and list indices from the root to the field that failed; null when no field did.</param>
public sealed record GraphQLError(string Message, IReadOnlyList<Location> Locations, IReadOnlyList<object>? Path = null)
{
    /// <summary>For programs: a <c>code</c> and what it is about.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    public static GraphQLError At(Node node, string message) => new(message, [node.Location]);

    public static GraphQLError At(IEnumerable<Node> nodes, string message) => new(message, [.. nodes.Select(node => node.Location)]);

    /// <summary>The same with a code and further members for programs.</summary>
    public GraphQLError With(string code, params (string Name, object? Value)[] more)
    {
        var extensions = new OrderedDictionary<string, object?> { ["code"] = code };
        foreach (var (name, value) in more) extensions[name] = value;
        return this with { Extensions = extensions };
    }
}
