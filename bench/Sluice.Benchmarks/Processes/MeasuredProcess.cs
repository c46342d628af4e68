using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Benchmarks.Processes;

/// <summary>A process of its own that listens on a port, with what it uses of the machine.</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = [];

    private MeasuredProcess(Process process, IPEndPoint address) => (_process, Address) = (process, address);

    public IPEndPoint Address { get; }

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public double PeakMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>Runs <c>dotnet</c> with the arguments that a free port makes, and waits until <paramref name="path"/> is answered with success there.</summary>
    public static async Task<MeasuredProcess> StartAsync(Func<IPEndPoint, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string> environment, string path)
    {
        var address = FreePort();
        var start = new ProcessStartInfo("dotnet", arguments(address)) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = new MeasuredProcess(Process.Start(start)!, address);
        process.ReadOutput();
        try
        {
            await process.WaitUntilReadyAsync(path);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Begins the peak of memory anew; without Linux it stays the peak since the start.</summary>
    public void ForgetPeak()
    {
        var file = $"/proc/{_process.Id}/clear_refs";
        if (File.Exists(file)) File.WriteAllText(file, "5");
    }

    /// <summary>Waits, 30 s at most, until what went on behind the last answer is done: the process uses less than a twentieth of a processor.</summary>
    public async Task SettleAsync()
    {
        var interval = TimeSpan.FromMilliseconds(400);
        var (used, started) = (CpuSeconds, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(interval);
            var now = CpuSeconds;
            if (now - used < interval.TotalSeconds / 20) return;
            used = now;
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private void ReadOutput()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        const int kept = 20;
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > kept) _lastLines.Dequeue();
        }
    }

    private async Task WaitUntilReadyAsync(string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client, path))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartsWithin) throw new BenchmarkException($"A process did not start:\n{LastLines()}");
            await Task.Delay(50);
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync($"http://{Address}{path}");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string LastLines()
    {
        lock (_lastLines) return string.Join('\n', _lastLines);
    }
}
