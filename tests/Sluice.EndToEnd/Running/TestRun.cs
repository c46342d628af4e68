namespace Sluice.EndToEnd.Running;

/// <summary>A trait of tests that must not run beside all others; <c>./test</c> starts those of one value together, by themselves.</summary>
internal static class TestRun
{
    public const string Name = "Run";

    /// <summary>Whole systems that die, and measure how soon they go on.</summary>
    public const string Kills = "kills";
}
