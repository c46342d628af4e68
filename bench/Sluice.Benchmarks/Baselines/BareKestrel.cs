using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.Benchmarks.Processes;

namespace Sluice.Benchmarks.Baselines;

/// <summary>A web server that reads every body, does nothing with it and answers 202: what HTTP alone costs. It runs in a process of its own.</summary>
internal static class BareKestrel
{
    /// <summary>The word that makes this program be that process.</summary>
    public const string Command = "bare-kestrel";

    public static Task<MeasuredProcess> StartAsync() => MeasuredProcess.StartAsync(
        address => [Assembly.GetExecutingAssembly().Location, Command, $"http://{address}"], new Dictionary<string, string>(), "/");

    public static async Task ServeAsync(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(SwallowAsync);
        await app.RunAsync();
    }

    private static async Task SwallowAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        context.Response.ContentLength = 0;
    }
}
