using Sluice.Server.Configuration;

namespace Sluice.Server.Apply;

/// <summary>Why nothing was applied, or not everything.</summary>
internal sealed class ApplyException(string message) : StartupException(message)
{
    public static ApplyException Of(string file, IEnumerable<FileProblem> problems)
    {
        var lines = problems.OrderBy(problem => problem.Place.Line).ThenBy(problem => problem.Place.Column).Select(problem => problem.In(file)).ToList();
        return new($"The file cannot be applied, and nothing was changed.\n{string.Join('\n', lines)}");
    }
}
