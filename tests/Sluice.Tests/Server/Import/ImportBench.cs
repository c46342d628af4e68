using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Server.Configuration;
using Sluice.Server.Import;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Import;

/// <summary>A folder with files, and imports of them into whatever answers.</summary>
internal sealed class ImportBench(HttpMessageHandler api) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(api);

    public HurryingTime Time { get; } = new();

    public Said Said { get; private set; } = new();

    public string Key { get; set; } = RunningServer.AdminKey;

    public string PositionPath => _folder.File("position");

    public static InterceptedApi Before(RunningServer server) => new(((TestServer)server.Services.GetRequiredService<IServer>()).CreateHandler());

    public string File(string text, bool gzip = false)
    {
        var path = _folder.File("events");
        var bytes = Encoding.UTF8.GetBytes(text);
        using Stream file = gzip ? new GZipStream(System.IO.File.Create(path), CompressionMode.Compress) : System.IO.File.Create(path);
        file.Write(bytes);
        return path;
    }

    public async Task<ImportRun> ImportAsync(string path, string from = "sluice", string? tenant = null, string? position = null, CancellationToken cancellation = default)
    {
        Said = new Said();
        var options = new ImportOptions(path, from, tenant, new Uri("http://localhost/"), new SecretText(Key), position ?? PositionPath);
        var run = new ImportRun(options, new EventsApi(_http, options.Url, options.Key, Time, Said), Said);
        await run.RunAsync(cancellation);
        return run;
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    public static string Events(int count, string metadata = "") =>
        string.Concat(Enumerable.Range(0, count).Select(i => $$$"""{"action":"door.open","outcome":"success","timestamp":"2026-03-15T08:42:17Z","actor":{"type":"user","id":"usr_{{{i}}}"},"metadata":{"pad":"{{{metadata}}}"}}""" + "\n"));
}
