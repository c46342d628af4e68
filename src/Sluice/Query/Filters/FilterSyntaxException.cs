namespace Sluice.Query.Filters;

/// <summary>Leaves the parser at the first fault; never leaves <see cref="EventFilter.TryParse"/>.</summary>
internal sealed class FilterSyntaxException(int at, string expected, string message) : Exception(message)
{
    /// <summary>Index into the text, in UTF-16 units.</summary>
    public int At { get; } = at;

    public string Expected { get; } = expected;
}
