using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Tests.Documentation;

namespace Sluice.Tests.Oracles;

/// <summary>Scripts of <c>tests/oracles</c>, in which a provider's official client for Node says what a request ought to be.</summary>
internal static class Oracle
{
    private static readonly string Folder = Page.PathOf("tests/oracles");

    public static void SkipUnlessInstalled() =>
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "The official clients are not installed: run 'npm ci --prefix tests/oracles', as ./test does.");

    /// <summary>What a script prints, which gets this on its standard input.</summary>
    public static async Task<string> RunAsync(string script, JsonObject input)
    {
        var start = new ProcessStartInfo("node", [$"{script}.mjs"]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{script}.mjs ended with {process.ExitCode}: {await errors}");
        return await output;
    }

    /// <summary>The same, of a script that prints JSON.</summary>
    public static async Task<JsonElement> AskAsync(string script, JsonObject input) => JsonElement.Parse(await RunAsync(script, input));
}
