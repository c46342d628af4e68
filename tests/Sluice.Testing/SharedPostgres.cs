namespace Sluice.Testing;

/// <summary>One server for all tests of a process that need no server of their own; each takes a database. Started by the first who asks.</summary>
public static class SharedPostgres
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());

    /// <returns>The connection string of a fresh, empty database.</returns>
    public static async Task<string> NewDatabaseAsync() => await (await Server.Value).NewDatabaseAsync();
}
