using Microsoft.Playwright;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;
using Sluice.Benchmarks.Workload;
using Sluice.Testing;

namespace Sluice.Benchmarks.Parts;

/// <summary>How soon a page of the console shows what it is for, to somebody who is signed in with a browser that was never there: over a full ledger and over an empty one.</summary>
internal static class ConsolePart
{
    public const string Name = "console";

    private const int Turns = 5;
    private const double Wanted = 1_000;

    /// <summary>A page, and what in it tells that it shows what it is for.</summary>
    private static readonly (string Name, string Path, string IsThere)[] Pages =
    [
        ("Overview", "/", """/\d/.test(document.querySelector('section[aria-label^="Ledger"]')?.textContent ?? '')"""),
        ("Events", "/events", """document.querySelectorAll('[role=group][aria-label=Events] tbody td').length > 0 || /Nothing|[Nn]o event/.test(document.querySelector('[role=group][aria-label=Events]')?.textContent ?? '')"""),
    ];

    private const string AllIsThere = "document.querySelector('h1') && !document.querySelector('[aria-busy=true], .mantine-Skeleton-root')";

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        var chromium = ChromiumProgram.Find();
        using var empty = await run.StartServerAsync();
        using var full = await run.StartServerAsync();
        await FillAsync(run, full);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        foreach (var (name, path, isThere) in Pages)
        {
            Report.Tell($"console: {name}");
            var (without, with) = (new List<Loading>(), new List<Loading>());
            for (var turn = -1; turn < Turns; turn++)
            {
                var (one, other) = (await LoadAsync(browser, empty, path, isThere), await LoadAsync(browser, full, path, isThere));
                if (turn < 0) continue;
                without.Add(one);
                with.Add(other);
            }

            Add(run, $"{name}: shows what it is for, p50", with, without, its => its.First, Target.AtMost(Wanted));
            Add(run, $"{name}: all of it is there, p50", with, without, its => its.All, null);
        }
    }

    private static async Task FillAsync(BenchmarkRun run, SluiceServer server)
    {
        var events = run.Sizes.Grown;
        Report.Tell($"console: filling a ledger with {events:N0} events of the last days");
        var source = EventSource.UpTo(TimeProvider.System.GetUtcNow(), events, run.Seed);
        await LoadSender.RunAsync(server.Plan(source.Take(events), events, 1_000, 4), source);
        await server.Process.SettleAsync();
    }

    private static async Task<Loading> LoadAsync(IBrowser browser, SluiceServer server, string path, string isThere)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = server.Client.BaseAddress!.ToString(), ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(120_000);
        var answer = await context.APIRequest.PostAsync("/v1/session", new() { DataObject = new { key = SluiceServer.Key } });
        if (answer.Status != 201) throw new BenchmarkException($"Signing in was answered {answer.Status}.");
        var page = await context.NewPageAsync();
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        return new Loading(await WhenAsync(page, isThere), await WhenAsync(page, AllIsThere));
    }

    /// <returns>Milliseconds since the navigation began, to a frame.</returns>
    private static async Task<double> WhenAsync(IPage page, string condition) =>
        await (await page.WaitForFunctionAsync($"() => ({condition}) && performance.now()")).JsonValueAsync<double>();

    private static void Add(BenchmarkRun run, string name, List<Loading> with, List<Loading> without, Func<Loading, double> pick, Target? target) => run.Report.Add(
        new Figure(Name, name, Percentiles.Of(with.ConvertAll(its => pick(its))).P50, "ms") { Target = target, Baseline = new Baseline("over an empty ledger", Percentiles.Of(without.ConvertAll(its => pick(its))).P50) });

    private readonly record struct Loading(double First, double All);
}
