using System.Diagnostics;
using System.Text.Json;
using Sluice.Tests.Documentation;

namespace Sluice.Tests.Destinations;

/// <summary>A server that others wrote, in a process of its own that a script of <c>tests/tools</c> starts. The script says on one line where it is, and answers each line that it is asked with one.</summary>
public abstract class Counterpart(string script, string python = "python3") : IAsyncLifetime
{
    private Process? _process;

    /// <summary>False where there is no such Python, or it lacks what the script needs.</summary>
    public bool IsThere { get; private set; }

    public string Address => Text("address");

    public string AccessKeyId => Text("access_key_id");

    public string SecretAccessKey => Text("secret_access_key");

    public string Region => Text("region");

    protected JsonElement Ready { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (python[0] == '/' && !File.Exists(python)) return;
        var tools = Page.PathOf("tests/tools");
        var start = new ProcessStartInfo(python, [Path.Combine(tools, script)]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = python == "python3" ? Path.Combine(tools, "python") : null;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        if (await _process.StandardOutput.ReadLineAsync() is { } line) (IsThere, Ready) = (true, JsonElement.Parse(line));
        else if (!(await errors).Contains("ModuleNotFoundError", StringComparison.Ordinal)) throw new InvalidOperationException(await errors);
    }

    /// <summary>Without more input the script ends, and takes with it what it made.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is null) return;
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    protected async Task<JsonElement> AskAsync(string line)
    {
        await _process!.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return JsonElement.Parse((await _process.StandardOutput.ReadLineAsync())!);
    }

    private string Text(string name) => Ready.GetProperty(name).GetString()!;
}
