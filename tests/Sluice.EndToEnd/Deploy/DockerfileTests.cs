using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.EndToEnd.Documentation;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Deploy;

public sealed partial class DockerfileTests
{
    private static readonly string Path = Tool.Deploy("Dockerfile");

    private static readonly string Text = File.ReadAllText(Path);

    [Fact]
    public async Task Its_linter_finds_nothing()
    {
        var (exitCode, output) = await Tool.RunAsync(System.IO.Path.Combine(Repository.Root, "tests", "tools", "node_modules", ".bin", "dockerfile-utils"), ["lint", Path], []);
        Assert.True(exitCode == 0 && output.All.Trim().Length == 0, output.All);
    }

    [Fact]
    public void The_program_does_not_run_as_root() => Assert.Matches(@"(?m)^USER \$APP_UID$", Text[Text.LastIndexOf("FROM ", StringComparison.Ordinal)..]);

    [Fact]
    public void What_it_copies_from_the_repository_is_there_and_not_ignored()
    {
        var ignored = File.ReadAllLines(System.IO.Path.Combine(Repository.Root, ".dockerignore"));
        var copied = Copied().Matches(Text).Select(match => match.Groups[1].Value).Where(source => source != ".").ToList();

        Assert.Contains("deploy/sluice-backup", copied);
        Assert.All(copied, source => Assert.Contains($"!{source}", ignored));
        Assert.All(ignored.Where(line => line.StartsWith('!')), line => Assert.True(System.IO.Path.Exists(System.IO.Path.Combine(Repository.Root, line[1..])), $".dockerignore lets in {line[1..]}, which is not there."));
    }

    [Fact]
    public async Task The_health_check_tells_a_living_server_from_a_dead_one()
    {
        using var data = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(data.Path);
        var command = JsonSerializer.Deserialize<string[]>(HealthCheck().Match(Text).Groups[1].Value)!;
        var asked = command[^1].Replace("/7600", $"/{server.Port}", StringComparison.Ordinal);
        string[] arguments = [.. command[1..^1], asked];
        Assert.NotEqual(command[^1], asked);

        Assert.Equal(0, (await Tool.RunAsync(command[0], arguments, [])).ExitCode);
        server.Kill();
        Assert.NotEqual(0, (await Tool.RunAsync(command[0], arguments, [])).ExitCode);
    }

    [GeneratedRegex(@"(?m)^COPY (?:--chmod=\d+ )?(?!--from)(\S+) ")]
    private static partial Regex Copied();

    [GeneratedRegex(@"HEALTHCHECK .*\\\n\s+CMD (\[.*\])")]
    private static partial Regex HealthCheck();
}
