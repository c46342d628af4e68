namespace Sluice.Testing;

/// <summary>
/// Which engine the tests of whole servers and of streams run on: the data folder, or PostgreSQL with <c>SLUICE_TEST_STORE=postgres</c>. What they expect is the same.
/// </summary>
public static class TestStore
{
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("SLUICE_TEST_STORE") == "postgres";
}
