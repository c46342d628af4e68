using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Query;
using Sluice.Server.Authentication;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Endpoints;

/// <summary>The query endpoints alone, over ledgers in memory. A call's tenant stands in a header; none is an instance key.</summary>
internal sealed class QueryServer : IAsyncDisposable, ICheckpointSource
{
    private const string Tenant = "X-Tenant";

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;
    private int _answered;

    private QueryServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new LedgerDirectory(Main, Sluice)).AddSingleton(Tokens).AddSingleton<ICheckpointSource>(this).AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IConfigurationStore>(_ => ConfigurationDatabase.Open(_folder.Path)).AddSingleton<AccessDirectory>().AddSingleton<TenantRegistry>();
        _app = builder.Build();
        _app.Use(CountAsync);
        _app.UseMiddleware<ProblemMiddleware>();
        _app.Use((context, next) =>
        {
            context.SetCaller(new Caller("key_1", "test", Role.Reader, context.Request.Headers[Tenant].FirstOrDefault()));
            return next(context);
        });
        _app.MapQueries();
        _app.MapProofs();
    }

    public InMemoryLedger Main { get; } = new();

    public InMemoryLedger Sluice { get; } = new("_sluice");

    public PageTokens Tokens { get; } = new(new byte[32]);

    public SteppedTime Time { get; } = new();

    /// <summary>Whether there are checkpoints.</summary>
    public bool Signs { get; set; } = true;

    /// <summary>Requests that came to their end, whichever.</summary>
    public int Answered => Volatile.Read(ref _answered);

    public static async Task<QueryServer> StartAsync(int events = 0)
    {
        var server = new QueryServer();
        server.Add(events);
        await server._app.StartAsync();
        return server;
    }

    public void Add(int events)
    {
        for (var i = 0; i < events; i++) Add($"e{Main.Size}", Main.Size % 2 == 0 ? "t1" : "t2");
    }

    public void Add(string id, string tenant, string more = "") => Main.Add(
        $$"""{"id":"{{id}}","timestamp":"2026-03-15T08:{{Main.Size % 60:00}}:17.003000000Z","tenant_id":"{{tenant}}","category":"c","action":"a.{{Main.Size % 3}}","outcome":"success","actor":{"type":"user","id":"u{{Main.Size % 5}}"},{{more}}"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");

    public async Task<Answer> GetAsync(string path, string? tenant = null)
    {
        using var response = await OpenAsync(path, tenant);
        return await Answer.OfAsync(response);
    }

    /// <summary>Leaves the body unread.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string? tenant = null, string? lastEventId = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/audit{path}");
        if (tenant is not null) request.Headers.Add(Tenant, tenant);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return await _app.GetTestClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Reads a page, sees that it is one, and returns its ids.</summary>
    public async Task<(string[] Ids, string? Token, bool More)> PageAsync(string query, string? tenant = null)
    {
        var answer = await GetAsync($"/events?{query}", tenant);
        Assert.True(answer.Status == 200, answer.Text);
        return (Ids(answer.Json.GetProperty("events")), answer.Json.GetProperty("next_page_token").GetString(), answer.Json.GetProperty("has_more").GetBoolean());
    }

    public static string[] Ids(JsonElement events) => events.EnumerateArray().Select(shown => shown.GetProperty("id").GetString()!).ToArray();

    public static string Escape(string text) => WebUtility.UrlEncode(text);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask<SignedCheckpoint> LatestAsync(string ledger, long atLeastSize, CancellationToken cancellation)
    {
        if (!Signs) await Task.Delay(Timeout.Infinite, cancellation);
        return new SignedCheckpoint(atLeastSize, $"test/{ledger}\n{atLeastSize}\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Increment(ref _answered);
        }
    }
}
