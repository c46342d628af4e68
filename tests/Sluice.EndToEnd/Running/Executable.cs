using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sluice.EndToEnd.Running;

/// <summary>Starts the program under test, the one built beside this assembly. No process outlives the tests.</summary>
internal static class Executable
{
    private const int Terminate = 15, Stop = 19, Continue = 18;

    private static readonly ConcurrentDictionary<int, Process> Running = new();

    static Executable() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values) Kill(process);
    };

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Sluice.Server.dll");

    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Output output) =>
        Start("dotnet", [Path, .. arguments], environment, output);

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Output output)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        Running[process.Id] = process;
        process.StandardInput.Close();
        output.Attach(process);
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, Output Output)> RunAsync(TimeSpan limit, params string[] arguments)
    {
        var output = new Output();
        using var process = Start(arguments, new Dictionary<string, string>(), output);
        return (await EndAsync(process, limit, output), output);
    }

    /// <exception cref="TimeoutException">It did not end in time; it is dead now.</exception>
    public static async Task<int> EndAsync(Process process, TimeSpan limit, Output output)
    {
        using var waiting = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(waiting.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process did not end within {limit.TotalSeconds} s. It wrote:\n{output.All}");
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>kill -9, and until it is gone.</summary>
    public static void Kill(Process process)
    {
        Running.TryRemove(process.Id, out _);
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public static void SendTerminate(Process process) => Signal(process.Id, Terminate);

    /// <summary>SIGSTOP: the process stands still in the middle of whatever it does, and the system keeps its connections.</summary>
    public static void SendStop(Process process) => Signal(process.Id, Stop);

    public static void SendContinue(Process process) => Signal(process.Id, Continue);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
