using System.Text.Json;

namespace Sluice.Sources;

internal static class JsonProblem
{
    /// <summary>The reader's message, without its own way of naming the place: it counts lines within the record.</summary>
    public static string Reason(JsonException problem)
    {
        var end = problem.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? problem.Message : problem.Message[..end];
    }
}
