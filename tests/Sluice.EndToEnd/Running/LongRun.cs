namespace Sluice.EndToEnd.Running;

/// <summary>Whether the longer suite was asked for: <c>./test --long</c>.</summary>
internal static class LongRun
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("SLUICE_LONG_TESTS") == "1";
}
