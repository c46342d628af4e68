using System.Diagnostics;

namespace Sluice.EndToEnd.Running;

/// <summary>A real server in a process of its own.</summary>
internal sealed class SluiceProcess : IAsyncDisposable
{
    /// <summary>The instance's admin key that every server of these tests is given.</summary>
    public const string AdminKey = "end-to-end-tests-admin-key-0123456789";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60), StopsWithin = TimeSpan.FromSeconds(15);

    private const int LinesKept = 25;

    private readonly Process _process;
    private readonly Output _output;

    private SluiceProcess(Process process, Output output, int port)
    {
        (_process, _output, Port) = (process, output, port);
        Client = new SluiceClient(Address, AdminKey);
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Speaks with the admin key.</summary>
    public SluiceClient Client { get; }

    public string Output => _output.All;

    public ProcessMemory Memory => ProcessMemory.Of(_process.Id);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="settings">Further options, such as <c>--Sluice:Ingest:MaxQueuedBytes=1MiB</c>.</param>
    public static async Task<SluiceProcess> StartAsync(string data, int? port = null, params string[] settings)
    {
        var server = Begin(data, port, settings);
        try
        {
            await server.UntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server and waits for nothing.</summary>
    public static SluiceProcess Begin(string data, int? port = null, params string[] settings)
    {
        var (listen, output) = (port ?? FreePort.Take(), new Output());
        string[] arguments = ["serve", "--data", data, "--urls", $"http://127.0.0.1:{listen}", .. settings];
        return new SluiceProcess(Executable.Start(arguments, Environment, output), output, listen);
    }

    /// <summary>The environment of every server of these tests.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["SLUICE_ADMIN_KEY"] = AdminKey,
        ["Sluice__Delivery__AllowPrivateEndpoints"] = "true",
        ["Sluice__Delivery__AllowChangefeeds"] = "true",
    };

    public void Kill() => Executable.Kill(_process);

    /// <summary>SIGSTOP, until <see cref="Continue"/>.</summary>
    public void Hang() => Executable.SendStop(_process);

    public void Continue() => Executable.SendContinue(_process);

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync()
    {
        Executable.SendTerminate(_process);
        return Executable.EndAsync(_process, StopsWithin, _output);
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        var lines = _output.Error.Split('\n');
        var failed = Array.FindIndex(lines, line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal));
        if (failed >= 0 && failed < lines.Length - LinesKept) Show("at its first failure", lines.Skip(failed).Take(LinesKept));
        Show("in the end", lines.TakeLast(LinesKept));
        Client.Dispose();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Show(string when, IEnumerable<string> lines) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"--- The server on port {Port} wrote, {when}:\n{string.Join('\n', lines)}");

    private async Task UntilReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!await Client.IsReadyAsync())
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with exit code {_process.ExitCode}. It wrote:\n{Output}");
            if (clock.Elapsed > StartsWithin) throw new TimeoutException($"The server was not ready within {StartsWithin.TotalSeconds} s. It wrote:\n{Output}");
            await Task.Delay(20);
        }
    }
}
