namespace Sluice.Server.Errors;

/// <summary>A refusal as the caller sees it: <c>application/problem+json</c> with a code that programs can rely on.</summary>
public sealed class ApiProblem(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The member or parameter at fault, as a path.</summary>
    public string? Field { get; init; }

    /// <summary>Where in the text the fault is, counted from 1.</summary>
    public int? Column { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further members of the answer.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();

    public static ApiProblem NotFound(string what) => new(404, "not_found", $"There is no {what}.");
}
