using Sluice.Server.Commands;

namespace Sluice.Tests.Server.Commands;

public sealed class CommandRunnerTests
{
    [Fact]
    public async Task Help_needs_none_of_the_required_options() =>
        Assert.Equal(CommandRunner.Success, await CommandRunner.RunAsync(["import", "--help"], [ImportCommand.Create()]));

    [Fact]
    public async Task An_import_without_its_options_cannot_run() =>
        Assert.Equal(CommandRunner.CannotRun, await CommandRunner.RunAsync(["import", "events.ndjson"], [ImportCommand.Create()]));
}
