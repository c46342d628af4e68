using System.Reflection;

namespace Sluice.Tests;

/// <summary>Dependencies point one way: Ledger ← Sluice ← Destinations ← Server, and GraphQL ← Server. Nothing points back.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("Sluice.GraphQL", new string[0])]
    [InlineData("Sluice.Ledger", new string[0])]
    [InlineData("Sluice", new[] { "Sluice.Ledger" })]
    [InlineData("Sluice.Destinations", new[] { "Sluice", "Sluice.Ledger" })]
    [InlineData("Sluice.Server", new[] { "Sluice", "Sluice.Ledger", "Sluice.Destinations", "Sluice.GraphQL" })]
    public void An_assembly_depends_only_on_those_below_it(string assembly, string[] allowed)
    {
        var ours = Referenced(assembly).Where(name => name.StartsWith("sluice", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(ours.Except(allowed));
    }

    [Theory]
    [InlineData("Sluice.Ledger")]
    [InlineData("Sluice.GraphQL")]
    public void What_stands_alone_needs_nothing_but_the_framework(string assembly)
    {
        Assert.All(Referenced(assembly), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Referenced(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!);
}
