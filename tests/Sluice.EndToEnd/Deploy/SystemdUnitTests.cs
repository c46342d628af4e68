using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Deploy;

public sealed class SystemdUnitTests
{
    private const string Program = "/usr/bin/dotnet /opt/sluice/Sluice.Server.dll";

    [Fact]
    public async Task It_is_well_formed()
    {
        using var folder = new DataFolder();
        var unit = Path.Combine(folder.Path, "sluice.service");
        var text = await File.ReadAllTextAsync(Tool.Deploy("sluice.service"));
        await File.WriteAllTextAsync(unit, text.Replace(Program, "/bin/true", StringComparison.Ordinal));   // the program must exist, and here it is not installed

        var (exitCode, output) = await Tool.RunAsync("systemd-analyze", ["verify", unit], []);

        Assert.Contains($"ExecStart={Program} serve ", text, StringComparison.Ordinal);
        Assert.True(exitCode == 0 && output.All.Trim().Length == 0, output.All);
    }

    [Fact]
    public Task A_process_that_was_broken_into_can_do_little() =>
        Tool.PassesAsync("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", Tool.Deploy("sluice.service"));
}
