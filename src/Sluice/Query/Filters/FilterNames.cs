namespace Sluice.Query.Filters;

/// <summary>How the users of a filter call the members of events: as Sluice does, or as a dialect does.</summary>
public sealed class FilterNames
{
    /// <summary>In a dialect's names: when the event's call ended, else when it happened.</summary>
    public const string EndedAt = "(ended)";

    private readonly Dictionary<string, FilterField>? _fields;
    private readonly string _all = "";

    private FilterNames()
    {
    }

    private FilterNames(IReadOnlyList<(string Name, string Member)> names)
    {
        _fields = names.ToDictionary(pair => pair.Name, pair => FieldOf(pair.Member), StringComparer.Ordinal);
        _all = $"{string.Join(", ", names.SkipLast(1).Select(pair => pair.Name))} or {names[^1].Name}";
    }

    /// <summary>The members of the event, by their own names.</summary>
    public static FilterNames Sluice { get; } = new();

    /// <summary>Only these names, each for one of the event's members.</summary>
    public static FilterNames Of(params IReadOnlyList<(string Name, string Member)> names) => new(names);

    /// <param name="expected">When null is returned: what would be right.</param>
    internal FilterField? Find(IReadOnlyList<string> path, out string expected)
    {
        if (_fields is null) return FilterField.Find(path, out expected);
        expected = _all;
        return _fields.GetValueOrDefault(string.Join('.', path));
    }

    private static FilterField FieldOf(string member) =>
        member == EndedAt ? FilterField.EndedAt : FilterField.Find(member.Split('.'), out _) ?? throw new ArgumentException($"Events have no member {member}.", nameof(member));
}
