using System.CommandLine;
using Sluice.Migration;
using Sluice.Server.Configuration;
using Sluice.Server.Startup;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Server.Commands;

/// <summary><c>sluice migrate</c>: moves the instance in a data folder into PostgreSQL. No server may have the folder open meanwhile.</summary>
internal static class MigrateCommand
{
    private const int Wrong = 1;

    private static readonly Option<string> From = new("--from") { Description = "The data folder to move. Its server must be stopped.", HelpName = "DATA", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "The empty PostgreSQL database to move it into.", HelpName = "CONNECTION", Required = true };

    public static Command Create()
    {
        var command = new TaughtCommand("migrate", "Move the instance in a data folder into PostgreSQL; run again, it goes on where it stopped.", HelpTexts.Migrate) { From, To };
        command.SetAction((parsed, cancellation) => RunAsync(Path.GetFullPath(parsed.GetValue(From)!), parsed.GetValue(To)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string connection, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new StartupException($"There is no folder {folder}. Name the server's data folder with --from.");
        if (!File.Exists(Path.Combine(folder, ConfigurationDatabase.FileName))) throw new StartupException($"There is no data in {folder}. Name the server's data folder with --from.");
        if (!PostgresSource.IsUsable(connection)) throw new StartupException("--to is no connection string. It looks like: Host=db.example.com;Database=sluice;Username=sluice;Password=…");
        using var held = DataFolderLock.Take(folder, "then run this command again");
        await using var target = PostgresSource.Open(connection, "migrate");
        var output = new Output(new ProgressLine(Console.Error, !Console.IsErrorRedirected, TimeProvider.System));
        try
        {
            return Say(await new InstanceMigration(folder, target, output).RunAsync(cancellation), folder);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            output.Close();
            return CommandRunner.Fail("Stopped. Run the same command again to go on.");
        }
        finally
        {
            output.Close();
        }
    }

    private static int Say(MigrationResult result, string folder)
    {
        foreach (var ledger in result.Ledgers) Console.Out.WriteLine(VerdictText.Of(ledger));
        switch (result)
        {
            case MigrationResult.Moved moved:
                Console.Out.WriteLine($"moved: {moved.Ledgers.Sum(ledger => ledger.Events)} events and {moved.Rows} rows of configuration, verified in the database");
                Console.Error.WriteLine(NextSteps(folder));
                return CommandRunner.Success;
            case MigrationResult.CopyIsWrong wrong:
                foreach (var difference in wrong.Differences) Console.Out.WriteLine($"wrong: {difference}");
                Console.Error.WriteLine("sluice: The database is not what the folder is, and no node starts on it. The folder is as it was: empty the database and migrate again.");
                return Wrong;
            default:
                Console.Error.WriteLine("sluice: The data folder is damaged, so the migration stopped before it. Restore the folder from a backup, then run the same command again.");
                return Wrong;
        }
    }

    private static string NextSteps(string folder) => $"""
        The credentials in the database are still wrapped by the folder's master key. Give it to every node, in one of these ways:
          - copy {Path.Combine(folder, "keys")} to the node, mode 0600, and set Sluice:Secrets:KeyFile to where it is;
          - or set Sluice:Secrets:Key to what stands in it.
        Then start the nodes: sluice serve --store CONNECTION
        {folder} is as it was, but for the file {MovedMarker.FileName}, with which no server opens it. Archive it; do not serve it again.
        """;

    /// <summary>Reports at once, on the thread that works; <see cref="Progress{T}"/> would report out of order.</summary>
    private sealed class Output(ProgressLine copying) : IMigrationOutput
    {
        private ProgressLine _line = copying;
        private bool _hasBegun;

        public void Report(VerificationProgress value)
        {
            if (!_hasBegun) (_line.Before, _hasBegun) = (value.Events, true);
            _line.Report(value.Events, value.Expected > 0 ? (double)value.Events / value.Expected : null);
        }

        public void Say(string line)
        {
            Close();
            Console.Error.WriteLine(line);
            (_line, _hasBegun) = (new ProgressLine(Console.Error, !Console.IsErrorRedirected, TimeProvider.System), false);
        }

        public void Close() => _line.Close();
    }
}
