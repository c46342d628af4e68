using Sluice.EndToEnd.Documentation;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>A block of one of the documents that the dialects follow, as it stands there, and the program that runs it.</summary>
internal static class Sample
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Tools = Path.Combine(Repository.Root, "tests", "tools");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Sluice.EndToEnd", "Dialects", "Samples", name));

    /// <summary>Runs shell lines; errors that an answer tells are no failure of theirs.</summary>
    public static Task<string> RunShellAsync(string text, params (string Name, string Value)[] environment) => RunAsync("bash", ["-euc", text.Replace("curl ", "curl -s ", StringComparison.Ordinal)], environment);

    public static async Task<string> RunTypeScriptAsync(string text)
    {
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "package.json"), """{"type":"module"}""");
        var file = await WriteAsync(folder, "sample.ts", text);
        return await RunAsync(Path.Combine(Tools, "node_modules", ".bin", "tsx"), [file]);
    }

    /// <summary>By the system's own Python, which has the libraries that its packages bring.</summary>
    public static async Task<string> RunPythonAsync(string text)
    {
        using var folder = new DataFolder();
        var file = await WriteAsync(folder, "sample.py", text);
        return await RunAsync("/usr/bin/python3", [file]);
    }

    /// <summary>The block is a piece of a function: it stands unchanged in one that shows the answer.</summary>
    public static async Task<string> RunGoAsync(string text)
    {
        using var folder = new DataFolder();
        var program = $$"""
            package main

            import (
            	"fmt"
            	"io"
            	"net/http"
            	"strings"
            )

            func main() {
            {{text}}
            	if err != nil {
            		panic(err)
            	}
            	answer, _ := io.ReadAll(resp.Body)
            	fmt.Println(resp.StatusCode, string(answer))
            }
            """;
        var file = await WriteAsync(folder, "main.go", program);
        return await RunAsync("go", ["run", file], ("GOFLAGS", "-mod=mod"), ("GO111MODULE", "off"));
    }

    private static async Task<string> WriteAsync(DataFolder folder, string name, string text)
    {
        var file = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private static async Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var output = new Output();
        using var process = Executable.Start(program, arguments, environment.ToDictionary(pair => pair.Name, pair => pair.Value), output);
        var code = await Executable.EndAsync(process, Limit, output);
        Assert.True(code == 0, $"{program} ended with exit code {code}:\n{output.All}");
        return output.Standard;
    }
}
