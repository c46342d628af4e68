using System.Text;
using Npgsql;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Migration;

public sealed class MigrateCommandTests(ITestOutputHelper output)
{
    private const int Events = 60_000, AtOnce = 10_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Killed_twice_at_random_moments_it_is_complete_and_verified_in_the_end()
    {
        using var folder = new DataFolder();
        await using (var server = await SluiceProcess.StartAsync(folder.Path))
        {
            await FillAsync(server.Client);
            var (busy, said) = await MigrateAsync(folder.Path, await SharedPostgres.NewDatabaseAsync());
            Assert.Equal(2, busy);
            Assert.Contains("Stop that one, then run this command again", said.Error, StringComparison.Ordinal);
            Assert.Equal(0, await server.StopAsync());
        }

        var database = await SharedPostgres.NewDatabaseAsync();
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        foreach (var (least, most) in new[] { (1, 20_000), (20_000, 50_000) }) await KillAsync(folder.Path, database, random.Next(least, most));
        var (unfinished, verifying) = await Executable.RunAsync(Limit, "verify", "--store", database);
        Assert.Equal(2, unfinished);
        Assert.Contains("unfinished: run 'sluice migrate' again", verifying.Error, StringComparison.Ordinal);

        var (exitCode, moved) = await MigrateAsync(folder.Path, database);
        Assert.True(exitCode == 0, moved.All);
        Assert.Contains($"main: clean: {Events} events", moved.Standard, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, "keys"), moved.Error, StringComparison.Ordinal);
        var (clean, verified) = await Executable.RunAsync(Limit, "verify", "--store", database);
        Assert.True(clean == 0, verified.All);
        await VerifyCommandRun.IsCleanAsync(folder.Path);
        var (served, serving) = await Executable.RunAsync(Limit, "serve", "--data", folder.Path, "--urls", $"http://127.0.0.1:{FreePort.Take()}");
        Assert.Equal(2, served);
        Assert.Contains("was moved to PostgreSQL", serving.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_run_says_what_to_do()
    {
        using var folder = new DataFolder();
        var nowhere = $"Host=127.0.0.1;Port={FreePort.Take()};Database=x;Username=x";
        await SaysAsync("There is no folder", Path.Combine(folder.Path, "nothing"), nowhere);
        await SaysAsync("There is no data in", folder.Path, nowhere);
        await (await SluiceProcess.StartAsync(folder.Path)).StopAsync();
        await SaysAsync("is no connection string", folder.Path, "no connection");
        await SaysAsync("PostgreSQL cannot be reached", folder.Path, nowhere);
    }

    private static async Task SaysAsync(string expected, string folder, string connection)
    {
        var (exitCode, said) = await MigrateAsync(folder, connection);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, said.Error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, Output Output)> MigrateAsync(string folder, string database) => Executable.RunAsync(Limit, "migrate", "--from", folder, "--to", database);

    private static async Task FillAsync(SluiceClient client)
    {
        for (var from = 0; from < Events; from += AtOnce)
        {
            var lines = new StringBuilder();
            for (var i = from; i < from + AtOnce; i++) lines.Append($$"""{"id":"e{{i}}","tenant_id":"t","action":"a.b","outcome":"success","actor":{"type":"user","id":"u{{i % 97}}"} }""").Append('\n');
            (await client.PostLinesAsync(Encoding.UTF8.GetBytes(lines.ToString()))).Expect(200);
        }
    }

    /// <summary>kill -9 once so many events are in the database.</summary>
    private static async Task KillAsync(string folder, string database, int size)
    {
        var output = new Output();
        using var process = Executable.Start(["migrate", "--from", folder, "--to", database], new Dictionary<string, string>(), output);
        await using var source = NpgsqlDataSource.Create(database);
        while (await SizeAsync(source) < size)
        {
            Assert.False(process.HasExited, output.All);
            await Task.Delay(1);
        }

        Executable.Kill(process);
    }

    private static async Task<long> SizeAsync(NpgsqlDataSource source)
    {
        try
        {
            await using var select = source.CreateCommand("SELECT size FROM sluice.ledger_heads WHERE id = 1");
            return await select.ExecuteScalarAsync() as long? ?? 0;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return 0;
        }
    }
}
