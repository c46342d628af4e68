using Sluice.Server.Commands;

namespace Sluice.Tests.Server.Commands;

public sealed class ApplyCommandTests
{
    private const string Key = "a-key-that-nobody-knows";

    [Fact]
    public async Task A_file_that_is_not_there_cannot_be_applied() => Assert.Equal(CommandRunner.CannotRun, await RunAsync("-f", "/nowhere/d.yaml", "--key", Key));

    [Theory]
    [InlineData("destinations: [\n")]
    [InlineData("destinations: []\n")]
    public async Task Neither_a_faulty_file_nor_a_server_that_is_down_passes_for_differences(string yaml)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("d.yaml"), yaml);
        Assert.Equal(CommandRunner.CannotRun, await RunAsync("-f", folder.File("d.yaml"), "--plan", "--url", "http://127.0.0.1:1", "--key", Key));
    }

    private static Task<int> RunAsync(params string[] arguments) => CommandRunner.RunAsync(["apply", .. arguments], [ApplyCommand.Create()]);
}
