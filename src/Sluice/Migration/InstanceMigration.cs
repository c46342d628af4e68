using Npgsql;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;
using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>
/// Copies the instance in a data folder that no server has open into an empty database. 1. Mark the database. 2. Copy both ledgers: what is copied was
/// verified on the way, and whoever stops it at any moment goes on there. 3. Copy the configuration, in one transaction. 4. Verify the database, and count.
/// 5. Mark the folder as moved. 6. Take the database's mark away: from now on nodes may start. The folder gets nothing but its marker.
/// </summary>
public sealed class InstanceMigration(string folder, PostgresSource target, IMigrationOutput output)
{
    private static readonly string[] Ledgers = [LedgerIdentities.MainLedger, TenantNames.Sluice];

    /// <exception cref="StorageUnavailableException">One side cannot be used now, or not for this; the message says what to do.</exception>
    public async Task<MigrationResult> RunAsync(CancellationToken cancellation)
    {
        using var source = SourceConfiguration.Open(folder);
        try
        {
            await PostgresSchema.ApplyAsync(target, SchemaPart.All, cancellation);
            await MigrationMark.BeginAsync(target, source.Identity, cancellation);
            return await CopyAsync(source, cancellation);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
        catch (PostgresException refused)
        {
            throw new StorageUnavailableException($"PostgreSQL refuses what is to be stored: {refused.MessageText} ({refused.SqlState})", refused);
        }
    }

    private async Task<MigrationResult> CopyAsync(SourceConfiguration source, CancellationToken cancellation)
    {
        var found = await CopyLedgersAsync(source, cancellation);
        if (found.Any(ledger => ledger.Fault is not null)) return new MigrationResult.SourceIsWrong(found);
        var tables = await CopyConfigurationAsync(source, cancellation);
        output.Say("All is copied. Now the database is verified.");
        var verdict = await PostgresVerifier.VerifyContentAsync(target, output, VerificationPace.Unbounded, cancellation);
        if (!verdict.IsClean) return new MigrationResult.CopyIsWrong(verdict.Ledgers, []);
        if (await DifferencesAsync(source, verdict, tables, cancellation) is { Count: > 0 } differences) return new MigrationResult.CopyIsWrong(verdict.Ledgers, differences);
        MovedMarker.Write(folder, $"The instance that was in this folder lives in the PostgreSQL database {Database()} since it was moved there.\nKeep the folder as an archive. A server does not open it while this file is here.\n");
        await MigrationMark.EndAsync(target, cancellation);
        return new MigrationResult.Moved(verdict.Ledgers, tables.Sum(table => table.Rows));
    }

    private async Task<IReadOnlyList<LedgerVerdict>> CopyLedgersAsync(SourceConfiguration source, CancellationToken cancellation)
    {
        var (done, expected) = (0L, Ledgers.Sum(name => Math.Max(0, new SqliteCheckpoints(source.Database, name).ReadNewest())));
        var verdicts = new List<LedgerVerdict>();
        foreach (var name in Ledgers)
        {
            await using var connection = await target.OpenAsync(cancellation);
            var copy = await LedgerCopy.OpenAsync(connection, Path.Combine(folder, "ledger", name), name);
            var trail = new CheckpointTrail(new SqliteCheckpoints(source.Database, name), copy.Met);
            var verifier = new LedgerVerifier(Path.Combine(folder, "ledger", name), trail, Report, cancellation) { Receiver = copy };
            verdicts.Add(await verifier.RunAsync(name));
            if (verdicts[^1].Fault is not null) break;

            ValueTask Report(long more, long bytes)
            {
                output.Report(new VerificationProgress(done += more, expected));
                return ValueTask.CompletedTask;
            }
        }

        return verdicts;
    }

    private async Task<IReadOnlyList<CopiedTable>> CopyConfigurationAsync(SourceConfiguration source, CancellationToken cancellation)
    {
        await using var connection = await target.OpenAsync(cancellation);
        return await new ConfigurationCopy(source.Database, connection).RunAsync(cancellation);
    }

    /// <summary>Where the database has another number of rows or events than the folder.</summary>
    private async Task<IReadOnlyList<string>> DifferencesAsync(SourceConfiguration source, FolderVerdict verdict, IReadOnlyList<CopiedTable> tables, CancellationToken cancellation)
    {
        var differences = new List<string>();
        await using var connection = await target.OpenAsync(cancellation);
        foreach (var table in tables)
        {
            var (rows, stored) = (source.Database.Scalar($"SELECT count(*) FROM \"{table.Name}\""), await ConfigurationCopy.CountAsync(connection, table.Name, cancellation));
            if (rows != stored) differences.Add($"The table {table.Name} has {stored} rows in the database, and {rows} in the folder.");
        }

        foreach (var ledger in verdict.Ledgers)
        {
            var (size, stored) = (SourceLedger.SizeOf(Path.Combine(folder, "ledger", ledger.Ledger)), ledger.First + ledger.Events);
            if (size != stored) differences.Add($"Ledger {ledger.Ledger} ends after {stored} events in the database, and after {size} in the folder.");
        }

        return differences;
    }

    private string Database()
    {
        var its = new NpgsqlConnectionStringBuilder(target.Pool.ConnectionString);
        return $"{its.Database} at {its.Host}:{its.Port}";
    }
}
