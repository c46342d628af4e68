namespace Sluice.Query.Filters;

/// <summary>Why a filter was refused.</summary>
/// <param name="Column">Where, in characters counted from 1.</param>
/// <param name="Expected">What would have been right there.</param>
/// <param name="Message">The whole story, for a person.</param>
public sealed record FilterProblem(int Column, string Expected, string Message);
