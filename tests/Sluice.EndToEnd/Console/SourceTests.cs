using Sluice.EndToEnd.Deploy;
using Sluice.EndToEnd.Documentation;

namespace Sluice.EndToEnd.Console;

/// <summary>The console's own checks; its types are checked by the build.</summary>
public sealed class SourceTests
{
    [Theory]
    [InlineData("lint")]
    [InlineData("test")]
    public Task Its_own_checks_pass(string script) => Tool.PassesAsync("npm", "run", script, "--silent", "--prefix", Path.Combine(Repository.Root, "src", "Sluice.Console"));
}
