using System.Diagnostics;

namespace Sluice.Testing;

/// <summary>A script of <c>tests/tools</c>, run with the packages that <c>tests/prepare</c> installs there.</summary>
public static class NodeScript
{
    public const string Missing = "The packages of tests/tools are not installed: run 'npm ci --prefix tests/tools', as ./test does.";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static string Tools { get; } = FindTools();

    public static bool IsThere => Directory.Exists(Path.Combine(Tools, "node_modules", "graphql"));

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string script, string input = "", params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Tools, script)]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{script} ended with {process.ExitCode}:\n{await errors}\n{await output}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string FindTools()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sluice.slnx"))) return Path.Combine(folder.FullName, "tests", "tools");
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
