using System.Net.Http.Json;
using System.Text.Json;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Processes;

/// <summary>The real server in a process of its own, on a data folder that goes when it goes.</summary>
internal sealed class SluiceServer : IDisposable
{
    public const string Key = "benchmark-key-of-no-secrecy";

    private static readonly string Secret = Convert.ToBase64String(new byte[32]);

    private readonly string _folder;

    private SluiceServer(MeasuredProcess process, string folder)
    {
        (Process, _folder) = (process, folder);
        Client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://{process.Address}"), Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    public MeasuredProcess Process { get; }

    public HttpClient Client { get; }

    /// <param name="store">Connection string of a database; null for SQLite in the data folder.</param>
    public static async Task<SluiceServer> StartAsync(string parent, string? store = null, (string Name, string Value)? setting = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, Guid.NewGuid().ToString("N"))).FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "Sluice.Server.dll");
        var environment = new Dictionary<string, string> { ["SLUICE_ADMIN_KEY"] = Key, ["Sluice__Delivery__AllowPrivateEndpoints"] = "true" };
        if (store is not null) (environment["Sluice__Store"], environment["Sluice__Secrets__Key"], environment["Sluice__Node__Name"]) = (store, Secret, Path.GetFileName(folder));
        if (setting is { } more) environment[more.Name] = more.Value;
        var process = await MeasuredProcess.StartAsync(address => [program, "serve", "--data", folder, "--urls", $"http://{address}"], environment, "/readyz");
        return new SluiceServer(process, folder);
    }

    public LoadPlan Plan(long first, long events, int perRequest, int connections) => new(Process.Address, Key, first, events, perRequest, connections);

    /// <summary>kill -9; what it left stays until this is disposed.</summary>
    public void Kill() => Process.Kill();

    /// <summary>What the data folder takes on the disk.</summary>
    public long DataBytes => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    /// <summary>Sets a destination up.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateDestinationAsync(object definition)
    {
        using var answer = await Client.PostAsJsonAsync("/v1/audit/siem", definition);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new BenchmarkException($"The destination was answered {(int)answer.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Has a destination stream, or not.</summary>
    public async Task EnableAsync(string destination, bool isEnabled)
    {
        using var answer = await Client.PutAsJsonAsync($"/v1/audit/siem/{destination}", new { enabled = isEnabled });
        if (!answer.IsSuccessStatusCode) throw new BenchmarkException($"Destination {destination} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>How many events the destination has not confirmed.</summary>
    public async Task<long> LagAsync(string destination)
    {
        using var document = JsonDocument.Parse(await Client.GetStringAsync($"/v1/audit/siem/{destination}"));
        return document.RootElement.GetProperty("lag").GetProperty("events").GetInt64();
    }

    public async Task DeleteDestinationAsync(string destination)
    {
        using var answer = await Client.DeleteAsync($"/v1/audit/siem/{destination}");
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
