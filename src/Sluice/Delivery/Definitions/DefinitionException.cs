namespace Sluice.Delivery.Definitions;

/// <summary>What a user asks for cannot be a destination.</summary>
/// <param name="code">For programs: <c>missing_field</c>, <c>unknown_field</c>, <c>invalid_type</c>, <c>invalid_value</c>, <c>invalid_filter</c>, <c>invalid_changefeed</c>, <c>forbidden</c>, <c>forbidden_tenant</c>.</param>
public sealed class DefinitionException(string code, string? field, string message) : Exception(message)
{
    public string Code { get; } = code;

    public string? Field { get; } = field;

    /// <summary>The line of a text of several lines that has the fault, counted from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Where in the filter, or in that line, the fault is, counted from 1.</summary>
    public int? Column { get; init; }

    /// <summary>What should be there.</summary>
    public string? Expected { get; init; }

    public static DefinitionException Missing(string field) => new("missing_field", field, $"{field} is required.");

    public static DefinitionException Value(string field, string message) => new("invalid_value", field, message);
}
