using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Documentation;

/// <summary>
/// What the pages tell a reader to type works. From <c>README.md</c> and every page of <c>docs/</c>, each <c>```bash</c> block is run, in order:
/// <list type="bullet">
/// <item>A page gets a server of its own with an empty data folder, and one bash for all its blocks: what a block exports or starts in the
/// background is there for the next one, and ends with the page. A command that fails, also inside a pipe, fails the test with its page and line.</item>
/// <item>Set for it: <c>SLUICE_URL</c>, <c>SLUICE_KEY</c> (an admin's; <c>SLUICE_ADMIN_KEY</c> is the same), <c>SLUICE_DATA</c> (the server's folder).
/// In the text, <c>http://127.0.0.1:7600</c> and <c>http://localhost:7600</c> mean the same as <c>SLUICE_URL</c>, and stand for it.</item>
/// <item>The current folder is an empty one in which the repository's files can be found by their names (<c>./sluice</c>, <c>docs/…</c>), so that
/// nothing is left in the repository. <c>./sluice</c> is the program under test; its <c>import</c> and <c>apply</c> go to the page's server. <c>curl</c> fails on an
/// error status, too.</item>
/// <item>A block that is for reading only says so behind the fence, <c>```bash no-run</c>, or is <c>```console</c> or <c>```sh</c>. What needs a long
/// time, another machine, or stops the server is one of those.</item>
/// </list>
/// </summary>
public sealed class DocumentationTests
{
    private static readonly TimeSpan PageLimit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Pages => [.. Repository.Pages().Where(page => Blocks(page).Count > 0)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Pages))]
    public async Task What_a_page_tells_to_type_works(string page)
    {
        using var data = new DataFolder();
        using var here = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(data.Path);
        Repository.LinkInto(here.Path);

        var (exitCode, output) = await RunAsync(Script(Blocks(page), server), here, data, server);
        Assert.True(exitCode == 0, $"{page}: exit code {exitCode}\n{output.All}");
    }

    [Fact]
    public void A_block_is_run_unless_it_says_otherwise()
    {
        string[] lines = ["```bash", "echo 1", "```", "text", "  ```bash", "  echo 2", "    indented", "  ```", "```bash no-run", "exit 1", "```", "```json", "```", "```console", "exit 1", "```"];
        Assert.Equal([("echo 1", 1), ("echo 2\n  indented", 5)], Block.Of("page", lines).Select(block => (block.Commands, block.Line)));
    }

    private static IReadOnlyList<Block> Blocks(string page) => Block.Of(page, File.ReadAllLines(Path.Combine(Repository.Root, page)));

    private static string Script(IReadOnlyList<Block> blocks, SluiceProcess server)
    {
        var parts = blocks.Select(block => $"echo '--- {block.Page}, line {block.Line}'\n{AtServer(block.Commands, server)}\n");
        return $"set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n{string.Concat(parts)}exit 0\n";
    }

    private static string AtServer(string commands, SluiceProcess server) => commands
        .Replace("http://127.0.0.1:7600", server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        .Replace("http://localhost:7600", server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    private static async Task<(int ExitCode, Output Output)> RunAsync(string script, DataFolder here, DataFolder data, SluiceProcess server)
    {
        var (file, output) = (Path.Combine(here.Path, ".page.sh"), new Output());
        await File.WriteAllTextAsync(file, script);
        var environment = new Dictionary<string, string>(SluiceProcess.Environment)
        {
            ["SLUICE_URL"] = server.Address.GetLeftPart(UriPartial.Authority),
            ["SLUICE_KEY"] = SluiceProcess.AdminKey,
            ["SLUICE_DATA"] = data.Path,
        };
        using var bash = Executable.Start("bash", ["-c", "cd \"$1\" && PATH=\"$1/.commands:$PATH\" exec bash .page.sh", "page", here.Path], environment, output);
        return (await Executable.EndAsync(bash, PageLimit, output), output);
    }
}
