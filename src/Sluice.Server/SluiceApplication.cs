using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.Secrets;
using Sluice.Server.Authentication;
using Sluice.Server.Configuration;
using Sluice.Server.Dialects.GitLab;
using Sluice.Server.Dialects.Truthlocks;
using Sluice.Server.Dialects.Veza;
using Sluice.Server.Dialects.Zaita;
using Sluice.Server.Dialects.Zitadel;
using Sluice.Server.Documentation;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Server.Health;
using Sluice.Server.Oidc;
using Sluice.Server.OpenApi;
using Sluice.Server.SelfAudit;
using Sluice.Server.Startup;
using Sluice.Server.WebConsole;

namespace Sluice.Server;

/// <summary>The server, put together: its services, then what every request passes, then where it may go.</summary>
internal static class SluiceApplication
{
    /// <summary>Put together, with its storage opened: ready to be started.</summary>
    public static async Task<WebApplication> OpenAsync(WebApplicationBuilder builder, SluiceSettings settings, CancellationToken cancellation = default)
    {
        var app = Build(builder, settings);
        try
        {
            await app.Services.PrepareStorageAsync(cancellation);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, SluiceSettings settings)
    {
        IHostApplicationLifetime? lifetime = null;
        builder.AddLogging(hasStarted: () => lifetime?.ApplicationStarted.IsCancellationRequested == true);
        ConfigureHost(builder);
        ConfigureServices(builder.Services, settings);

        var app = builder.Build();
        lifetime = app.Lifetime;

        app.Use(CountFailuresAsync);
        if (settings.Audit.Calls) app.UseMiddleware<CallRecording>();
        app.UseMiddleware<ProblemMiddleware>();
        if (settings.TrustedProxies.Count > 0) app.UseForwardedHeaders(ForwardedBy(settings.TrustedProxies));
        app.UseRouting();
        app.UseMiddleware<KeyAuthentication>();

        var calls = app.WithRules();
        calls.MapIngest();
        calls.MapQueries();
        calls.MapProofs();
        calls.MapStreams();
        calls.MapVeza();
        calls.MapTruthlocks();
        calls.MapZitadel();
        calls.MapZaita();
        calls.MapLog();
        calls.MapSelfChecks();
        calls.MapRetention();
        calls.MapNodes();
        calls.MapAccessKeys();
        calls.MapMachineAccounts();
        calls.MapTenants();
        calls.MapSessions();
        calls.MapViewerTokens();
        calls.MapOidc();
        calls.MapGitLab();
        calls.MapHealth();
        calls.MapMetrics();
        calls.MapOpenApi();
        calls.MapDocumentation();
        calls.MapConsole();
        calls.MapViewer();
        app.CheckRules();
        return app;
    }

    private static async Task CountFailuresAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        context.RequestServices.GetRequiredService<ServerMetrics>().Count(context);
    }

    private static void ConfigureServices(IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton(settings).AddSingleton(settings.Ingest).AddSingleton(settings.Delivery).AddSingleton(settings.Veza).AddSingleton(settings.Oidc);
        services.AddConfigurationStore(settings);
        services.AddSecrets(settings.KeyFile, settings.Secrets.KeyBytes(), settings.Ledger.Origin);
        services.AddAccess(settings);
        services.AddTelemetry(settings);
        services.AddLedgers(settings).AddIngest().AddSelfAudit(settings).AddQueries().AddNode(settings).AddOwnWatch().AddSelfChecks(settings).AddStreams().AddAlerts(settings.Alerts).AddRetention();
        services.AddSingleton<IReadiness, DrainingReadiness>().AddSingleton<IReadiness, StoreReadiness>();
        services.AddSingleton<GitLabExecution>();
        services.AddApiDescription();
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.TryAddSingleton(TimeProvider.System);
    }

    private static void ConfigureHost(WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.WebHost.ConfigureKestrel(ConfigureKestrel);
    }

    private static void ConfigureKestrel(KestrelServerOptions options)
    {
        // The ingest limit of 64 MiB is judged on the decompressed body, by ingest itself; this only stops what is hopeless.
        options.Limits.MaxRequestBodySize = 65 * 1024 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestLineSize = 32 * 1024;   // a filter of 4,096 bytes, percent-encoded, beside a page token
        options.AddServerHeader = false;
    }

    private static ForwardedHeadersOptions ForwardedBy(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies) options.KnownIPNetworks.Add(network);
        return options;
    }
}
