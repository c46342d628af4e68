using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sluice.Tests.Destinations.CloudWatch;

/// <summary>moto's CloudWatch Logs in a process of its own: AWS's own library checks every signature, and a policy every call.</summary>
public sealed class MotoLogs : IAsyncLifetime
{
    private Process _process = null!;

    /// <summary>False where Python has no moto.</summary>
    public bool IsThere { get; private set; }

    public string Address { get; private set; } = "";

    public string AccessKeyId { get; private set; } = "";

    public string SecretAccessKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var tools = Tools();
        var start = new ProcessStartInfo("python3", [Path.Combine(tools, "moto_logs.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = Path.Combine(tools, "python");
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        if (await _process.StandardOutput.ReadLineAsync() is { } line) Read(JsonElement.Parse(line));
        else if (!(await errors).Contains("ModuleNotFoundError", StringComparison.Ordinal)) throw new InvalidOperationException(await errors);
    }

    /// <summary>The messages of a log stream in group <c>sluice</c>.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string stream)
    {
        await _process.StandardInput.WriteLineAsync(stream);
        await _process.StandardInput.FlushAsync();
        return [.. JsonElement.Parse((await _process.StandardOutput.ReadLineAsync())!).EnumerateArray().Select(one => Text(one, "message"))];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(JsonElement ready) =>
        (IsThere, Address, AccessKeyId, SecretAccessKey) = (true, Text(ready, "address"), Text(ready, "access_key_id"), Text(ready, "secret_access_key"));

    private static string Tools([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "tools"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
