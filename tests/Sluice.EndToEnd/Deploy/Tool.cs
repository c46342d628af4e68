using System.ComponentModel;
using Sluice.EndToEnd.Documentation;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Deploy;

/// <summary>Another program that judges what <c>deploy/</c> holds. <c>tests/prepare</c> installs them.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static string Deploy(string file) => Path.Combine(Repository.Root, "deploy", file);

    public static Task PassesAsync(string program, params string[] arguments) => PassesAsync(program, arguments, []);

    public static async Task<string> PassesAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var (exitCode, output) = await RunAsync(program, arguments, environment);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output.All}");
        return output.Standard;
    }

    public static async Task<(int ExitCode, Output Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var output = new Output();
        try
        {
            using var process = Executable.Start(program, arguments, environment, output);
            return (await Executable.EndAsync(process, Limit, output), output);
        }
        catch (Win32Exception problem)
        {
            throw new InvalidOperationException($"{program} does not run here ({problem.Message}). ./test installs it; tests/prepare says which package has it.", problem);
        }
    }
}
