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

    /// <summary>What somebody does between the plan and the changes.</summary>
    public Func<Task> AfterPlan { get; set; } = () => Task.CompletedTask;

    public string Output { get; private set; } = "";

    public string Notes { get; private set; } = "";

    public static ApplyBench Before(RunningServer server) => new(((TestServer)server.Services.GetRequiredService<IServer>()).CreateHandler());

    public Task<ApplyPlan> PlanAsync(string destinations, ApplyChoices? choices = null) => PlanAsync(Declared.File("destinations:\n" + destinations), choices);

    public Task<ApplyPlan> PlanAsync(DestinationsFile file, ApplyChoices? choices = null) => RunAsync(file, choices, async run =>
    {
        var plan = await run.PlanAsync(default);
        run.Show(plan);
        return plan;
    });

    public Task<bool> ApplyAsync(string destinations, ApplyChoices? choices = null) => RunAsync(Declared.File("destinations:\n" + destinations), choices, ApplyAsync);

    public Task<bool> ApplyAsync(DestinationsFile file, ApplyChoices? choices = null) => RunAsync(file, choices, ApplyAsync);

    public void Dispose() => _http.Dispose();

    private async Task<bool> ApplyAsync(ApplyRun run)
    {
        var plan = await run.PlanAsync(default);
        await AfterPlan();
        return await run.ApplyAsync(plan, default);
    }

    private async Task<T> RunAsync<T>(DestinationsFile file, ApplyChoices? choices, Func<ApplyRun, Task<T>> act)
    {
        using StringWriter output = new(), notes = new();
        try
        {
            return await act(new ApplyRun(file, new DestinationsApi(_http, new Uri("http://localhost/"), new SecretText(Key)), choices ?? new(), output, notes));
        }
        finally
        {
            (Output, Notes) = (output.ToString(), notes.ToString());
        }
    }
}
