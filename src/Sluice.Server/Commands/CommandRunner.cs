using System.CommandLine;
using Sluice.Secrets;
using Sluice.Server.Configuration;
using Sluice.Storage;

namespace Sluice.Server.Commands;

/// <summary>What all commands share: the root's help, <c>serve</c> when no command is named, and one line for everything that a person can put right.</summary>
internal static class CommandRunner
{
    public const int Success = 0, CannotRun = 2;

    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Command> commands)
    {
        var root = new RootCommand(HelpTexts.Root);
        foreach (var command in commands) root.Subcommands.Add(command);
        try
        {
            var parsed = root.Parse(NamesNoCommand(args) ? ["serve", .. args] : args);
            if (parsed.Errors.Count > 0) return Fail($"{parsed.Errors[0].Message} See: sluice --help");
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception error) when (error is StartupException or SecretsException or StorageUnavailableException or StorageCorruptException)
        {
            return Fail(error.Message);
        }
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine($"sluice: {message}");
        return CannotRun;
    }

    private static bool NamesNoCommand(string[] args) => args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version"));
}
