using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sluice.Migration;
using Sluice.Storage.Postgres;
using Sluice.Testing;
using Sluice.Tests.Verification;
using Sluice.Verification;

namespace Sluice.Tests.Migration;

/// <summary>A data folder, and a database that it is moved into.</summary>
internal sealed class MovedInstance : IAsyncDisposable
{
    private readonly TemporaryFolder _index = new();

    private MovedInstance(LedgerFolder folder, string connection) => (Folder, Connection, Target) = (folder, connection, PostgresSource.Open(connection, "test"));

    public LedgerFolder Folder { get; }

    public string Connection { get; }

    public PostgresSource Target { get; }

    public PostgresConfiguration Configuration => new(Target);

    public static async Task<MovedInstance> PrepareAsync(params int[] groups) => new(await LedgerFolder.WithAsync(groups), await SharedPostgres.NewDatabaseAsync());

    public static async Task<MovedInstance> PrepareAsync(LedgerFolder folder) => new(folder, await SharedPostgres.NewDatabaseAsync());

    public Task<MigrationResult> RunAsync(Heard? output = null, CancellationToken cancellation = default) =>
        new InstanceMigration(Folder.Path, Target, output ?? new Heard()).RunAsync(cancellation);

    /// <summary>Moves it, and everything must be right.</summary>
    public async Task MoveAsync()
    {
        var result = await RunAsync();
        Assert.True(result is MigrationResult.Moved, result.ToString() + string.Join('\n', result.Ledgers));
    }

    public Task<PostgresLedger> OpenAsync(string ledger = "main") => PostgresLedger.OpenAsync(ledger, Target, Path.Combine(_index.Path, ledger), TimeProvider.System, NullLogger.Instance);

    public async Task<LedgerVerdict> VerdictAsync() => (await PostgresVerifier.VerifyAsync(Target, null, default)).Ledgers[0];

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Target.OpenAsync(default);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        Folder.Dispose();
        _index.Dispose();
    }

    /// <summary>What a migration says of its progress; it may be told something when an event count is reached.</summary>
    internal sealed class Heard(Action<long>? at = null) : IMigrationOutput
    {
        public List<string> Lines { get; } = [];

        public List<VerificationProgress> Reports { get; } = [];

        public void Say(string line) => Lines.Add(line);

        public void Report(VerificationProgress value)
        {
            Reports.Add(value);
            at?.Invoke(value.Events);
        }
    }
}
