using Sluice.EndToEnd.Deploy;
using Sluice.EndToEnd.Documentation;

namespace Sluice.EndToEnd.Console;

/// <summary>The console's own checks.</summary>
public sealed class SourceTests
{
    [Fact]
    public Task Its_types_linter_and_unit_tests_pass() => Tool.PassesAsync("npm", "run", "check", "--silent", "--prefix", Path.Combine(Repository.Root, "src", "Sluice.Console"));
}
