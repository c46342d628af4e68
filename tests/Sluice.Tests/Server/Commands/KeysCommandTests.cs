using Sluice.Server.Commands;
using Sluice.Storage.Postgres;
using Sluice.Tenants;
using Sluice.Testing;

namespace Sluice.Tests.Server.Commands;

public sealed class KeysCommandTests
{
    [Fact]
    public async Task Keys_of_an_instance_in_PostgreSQL_are_made_and_revoked_without_a_server()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await using var source = PostgresSource.Open(database, "server");

        Assert.Equal(CommandRunner.Success, await RunAsync("create", "--name", "ci", "--role", "writer", "--store", database));
        var keys = new AccessKeys(new PostgresConfiguration(source), TimeProvider.System, null);
        var made = Assert.Single(await keys.ListAsync());
        Assert.Equal(("ci", Role.Writer), (made.Name, made.Role));

        Assert.Equal(CommandRunner.Success, await RunAsync("list", "--store", database));
        Assert.Equal(CommandRunner.Success, await RunAsync("revoke", made.Id, "--store", database));
        Assert.Empty(await keys.ListAsync());
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_and_not_a_crash() =>
        Assert.Equal(CommandRunner.CannotRun, await RunAsync("list", "--store", "Host=127.0.0.1;Port=1;Timeout=1;Password=hunter2"));

    private static Task<int> RunAsync(params string[] arguments) => CommandRunner.RunAsync(["keys", .. arguments], [KeysCommand.Create()]);
}
