using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Server;
using Sluice.Server.Configuration;
using Sluice.Server.Health;
using Sluice.Tenants;
using Sluice.Testing;

namespace Sluice.Tests.Server;

/// <summary>The whole server in memory, on a folder of its own; with <see cref="TestStore"/>, on a database of its own, unless a test brings its folder.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string AdminKey = "an-admin-key-for-tests-only";

    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;

    public ManualTime Time { get; } = new();

    public AccessKeys Keys => _app.Services.GetRequiredService<AccessKeys>();

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningServer> StartAsync(Dictionary<string, string?>? settings = null, Action<WebApplication>? more = null, IReadiness? part = null)
    {
        var server = new RunningServer();
        await server.OpenAsync(settings ?? [], more, part);
        await server._app.StartAsync();
        return server;
    }

    public static Task<RunningServer> WithoutEnvironmentKeyAsync() => StartAsync(new() { ["SLUICE_ADMIN_KEY"] = null });

    /// <summary>Made on another thread: the test's own ones are few, and one that waits here could be what the store's answer waits for.</summary>
    public string Key(Role role, string? tenant = null) => Task.Run(() => Keys.CreateAsync(new AccessKeyRequest("test", role, tenant)).AsTask()).GetAwaiter().GetResult().Text;

    /// <summary>A call with a key; null for one without.</summary>
    public Task<Answer> CallAsync(string method, string path, string? key = AdminKey, object? body = null, params (string Name, string Value)[] headers) =>
        CallAsync(method, path, key, body, CancellationToken.None, headers);

    /// <summary>The same, by a caller who may leave before the answer.</summary>
    public async Task<Answer> CallAsync(string method, string path, string? key, object? body, CancellationToken leaving, params (string Name, string Value)[] headers)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Add("X-API-Key", key);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (headers.FirstOrDefault(header => header.Name == "Content-Type").Value is { } type) request.Content!.Headers.ContentType = new(type);
        using var response = await client.SendAsync(request, leaving);
        return await Answer.OfAsync(response);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (TestStore.IsPostgres) await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync(Dictionary<string, string?> settings, Action<WebApplication>? more, IReadiness? part)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = _folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Sluice:Data"] = _folder.File("data"), ["SLUICE_ADMIN_KEY"] = AdminKey, ["Logging:Console:LogLevel:Default"] = "None" });
        if (TestStore.IsPostgres && !settings.ContainsKey("Sluice:Data")) builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Sluice:Store"] = await SharedPostgres.NewDatabaseAsync() });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<TimeProvider>(Time);
        if (part is not null) builder.Services.AddSingleton(part);
        builder.WebHost.UseTestServer();
        _app = await SluiceApplication.OpenAsync(builder, SluiceSettings.From(builder.Configuration));
        more?.Invoke(_app);
    }
}
