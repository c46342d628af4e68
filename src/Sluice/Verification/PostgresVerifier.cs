using Npgsql;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Tenants;

namespace Sluice.Verification;

/// <summary>
/// Checks an instance in PostgreSQL, beside its running nodes or without any: events against digests, digests against the tree, the tree against every
/// signed checkpoint. Changes nothing, and its memory does not grow with the log.
/// </summary>
public static class PostgresVerifier
{
    /// <param name="progress">Told after every few thousand events.</param>
    /// <exception cref="StorageUnavailableException">The database cannot be read now, holds no whole instance, or one of a newer version.</exception>
    public static Task<FolderVerdict> VerifyAsync(PostgresSource source, IProgress<VerificationProgress>? progress, CancellationToken cancellation) =>
        VerifyAsync(source, progress, VerificationPace.Unbounded, cancellation);

    /// <summary>The same, no faster than a pace.</summary>
    public static async Task<FolderVerdict> VerifyAsync(PostgresSource source, IProgress<VerificationProgress>? progress, VerificationPace pace, CancellationToken cancellation)
    {
        await PostgresSchema.RequireAsync(source, SchemaPart.All, cancellation);
        await MigrationMark.RefuseAsync(source, cancellation);
        return await VerifyContentAsync(source, progress, pace, cancellation);
    }

    /// <summary>The same of a database whose migration may be unfinished.</summary>
    internal static async Task<FolderVerdict> VerifyContentAsync(PostgresSource source, IProgress<VerificationProgress>? progress, VerificationPace pace, CancellationToken cancellation)
    {
        try
        {
            await using var events = await source.OpenAsync(cancellation);
            await using var others = await source.OpenAsync(cancellation);
            var trails = new[] { LedgerIdentities.MainLedger, TenantNames.Sluice }.Select(name => (Name: name, Trail: new CheckpointTrail(new PostgresCheckpoints(others, name)))).ToList();
            var expected = trails.Sum(each => Math.Max(0, each.Trail.Newest));
            var (done, verdicts) = (0L, new List<LedgerVerdict>());
            foreach (var (name, trail) in trails)
                verdicts.Add(await new PostgresLedgerVerifier(events, others, await LedgerRow.IdOfAsync(others, name), trail, Report, cancellation).RunAsync(name));
            return new FolderVerdict(verdicts, []);

            ValueTask Report(long more, long bytes)
            {
                progress?.Report(new VerificationProgress(done += more, expected));
                return pace.WaitAsync(bytes, cancellation);
            }
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
        catch (PostgresException refused)
        {
            throw new StorageUnavailableException($"PostgreSQL cannot read what is to be checked: {refused.MessageText} ({refused.SqlState})", refused);
        }
    }
}
