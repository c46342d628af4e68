namespace Sluice.EndToEnd.Running;

/// <summary><c>sluice verify</c> over a data folder that no server has open.</summary>
internal static class VerifyCommandRun
{
    public static async Task IsCleanAsync(string folder)
    {
        var (exitCode, output) = await Executable.RunAsync(TimeSpan.FromMinutes(2), "verify", "--data", folder);
        Assert.True(exitCode == 0, $"sluice verify ended with {exitCode}:\n{output.All}");
    }
}
