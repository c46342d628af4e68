using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Server.Apply;
using Sluice.Server.Configuration;

namespace Sluice.Tests.Server.Apply;

/// <summary>Plans and applies files at whatever answers.</summary>
internal sealed class ApplyBench(HttpMessageHandler api) : IDisposable
{
    private readonly HttpClient _http = new(api);

    public string Key { get; set; } = RunningServer.AdminKey;

    public string Output { get; private set; } = "";

    public string Notes { get; private set; } = "";

    public static ApplyBench Before(RunningServer server) => new(((TestServer)server.Services.GetRequiredService<IServer>()).CreateHandler());

    public Task<ApplyPlan> PlanAsync(string destinations, ApplyChoices? choices = null) => RunAsync(destinations, choices, async run =>
    {
        var plan = await run.PlanAsync(default);
        run.Show(plan);
        return plan;
    });

    public Task<bool> ApplyAsync(string destinations, ApplyChoices? choices = null) => RunAsync(destinations, choices, async run => await run.ApplyAsync(await run.PlanAsync(default), default));

    public void Dispose() => _http.Dispose();

    private async Task<T> RunAsync<T>(string destinations, ApplyChoices? choices, Func<ApplyRun, Task<T>> act)
    {
        using StringWriter output = new(), notes = new();
        try
        {
            return await act(new ApplyRun(Declared.File("destinations:\n" + destinations), new DestinationsApi(_http, new Uri("http://localhost/"), new SecretText(Key)), choices ?? new(), output, notes));
        }
        finally
        {
            (Output, Notes) = (output.ToString(), notes.ToString());
        }
    }
}
