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
        var root = new TaughtCommand("sluice", "The audit log that streams to your SIEM: events go in, are kept in a ledger that can be proved, and flow out to destinations.", HelpTexts.Root)
        {
            TeachingHelp.Option(), new VersionOption(),
        };
        foreach (var command in commands) root.Subcommands.Add(command);
        try
        {
            var parsed = root.Parse(NamesNoCommand(args) ? ["serve", .. args] : args);
            if (parsed.Errors.Count > 0 && parsed.Action is not TeachingHelp) return Fail(WhatIsWrong(parsed));
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception error) when (error is StartupException or SecretsException or StorageUnavailableException or StorageCorruptException)
        {
            return Fail(error.Message);
        }
        catch (InvalidDataException error)
        {
            return Fail($"{error.Message} {error.GetBaseException().Message}");   // a settings file that is not JSON
        }
        catch (Exception error)
        {
            return Fail($"Stopped by a fault of its own. Please report it: {error}");
        }
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine($"sluice: {message}");
        return CannotRun;
    }

    private static string WhatIsWrong(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is TaughtCommand { Subcommands.Count: > 0 } group)
            return $"{(parsed.UnmatchedTokens is [var token, ..] ? $"There is no command '{token}'" : "Name a command")}; there are: {string.Join(", ", group.Subcommands.Select(command => command.Name))}.";
        return $"{string.Join(" ", parsed.Errors[0].Message.Split(['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))} See: sluice --help";
    }

    private static bool NamesNoCommand(string[] args) => args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version"));
}
