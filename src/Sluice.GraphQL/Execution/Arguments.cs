namespace Sluice.GraphQL.Execution;

/// <summary>The arguments of a field, or the fields of an input object, with their defaults filled in.</summary>
public sealed class Arguments(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>It was given, null included.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Its value; the type's own default when it is absent or null.</summary>
    public T? Get<T>(string name) => values.GetValueOrDefault(name) is { } value ? (T)value : default;

    public Arguments Object(string name) => new(Get<IReadOnlyDictionary<string, object?>>(name) ?? new Dictionary<string, object?>());

    public IReadOnlyList<string> Texts(string name) => [.. (Get<IReadOnlyList<object?>>(name) ?? []).Cast<string>()];
}
