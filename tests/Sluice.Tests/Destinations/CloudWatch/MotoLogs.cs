using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sluice.Tests.Destinations.CloudWatch;

/// <summary>moto's CloudWatch Logs in a process of its own: AWS's own library checks every signature, and a policy every call.</summary>
internal sealed class MotoLogs : IAsyncDisposable
{
    private readonly Process _process;

    private MotoLogs(Process process, JsonElement ready)
    {
        _process = process;
        (Address, AccessKeyId, SecretAccessKey) = (Text(ready, "address"), Text(ready, "access_key_id"), Text(ready, "secret_access_key"));
    }

    public string Address { get; }

    public string AccessKeyId { get; }

    public string SecretAccessKey { get; }

    public static async Task<MotoLogs> StartAsync()
    {
        var tools = Tools();
        var start = new ProcessStartInfo("python3", [Path.Combine(tools, "moto_logs.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = Path.Combine(tools, "python");
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (await process.StandardOutput.ReadLineAsync() is { } ready) return new MotoLogs(process, JsonElement.Parse(ready));
        throw new InvalidOperationException($"moto does not start; ./test installs it (tests/prepare). {await errors}");
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
        _process.StandardInput.Close();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Tools([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "tools"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
