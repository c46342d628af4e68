using System.Diagnostics;
using Microsoft.Playwright;
using Sluice.EndToEnd.Documentation;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Console;

/// <summary>A server whose users sign in at another one: at oidc-provider, as it comes from npm.</summary>
public sealed class ProviderInstance : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private readonly Output _output = new();
    private Process? _process;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    internal SluiceProcess Server { get; private set; } = null!;

    internal Uri Provider { get; } = new($"http://127.0.0.1:{FreePort.Take()}");

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Take();
        var script = Path.Combine(Repository.Root, "tests", "tools", "oidc-provider.mjs");
        _process = Executable.Start("node", [script, $"{Provider.Port}", $"http://127.0.0.1:{port}/sign-in/oidc/callback"], new Dictionary<string, string>(), _output);
        Server = await SluiceProcess.StartAsync(
            _folder.Path, port, $"--Sluice:Oidc:Authority={Provider.OriginalString}", "--Sluice:Oidc:ClientId=sluice", "--Sluice:Oidc:ClientSecret=a secret of the client's/+",
            "--Sluice:Oidc:Name=Example Login", "--Sluice:Oidc:Roles=audit-admins=admin,audit-readers=reader@acme");
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await Browser.LaunchAsync(_playwright);
        await UntilReadyAsync(Stopwatch.StartNew());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Server.DisposeAsync();
        Executable.Kill(_process!);
        _process!.Dispose();
        _folder.Dispose();
    }

    /// <summary>A browser that knows nobody.</summary>
    internal async Task<Tab> OpenAsync()
    {
        var context = await _browser.NewContextAsync(new() { BaseURL = Server.Address.ToString(), ViewportSize = new() { Width = ConsoleInstance.DesktopWidth, Height = 900 } });
        context.SetDefaultTimeout(10_000);
        return new Tab(context, await context.NewPageAsync(), Server.Address, Provider);
    }

    private async Task UntilReadyAsync(Stopwatch clock)
    {
        while (!_output.All.Contains("ready", StringComparison.Ordinal))
        {
            if (_process!.HasExited || clock.Elapsed > TimeSpan.FromSeconds(30)) throw new InvalidOperationException($"The provider does not run. It wrote:\n{_output.All}");
            await Task.Delay(20);
        }
    }
}
