using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Verification;

/// <summary>
/// Checks a data folder without a server, and beside a running one: events against digests, digests against the tree, the tree against every
/// signed checkpoint. Changes nothing of what it reads, and its memory does not grow with the log.
/// </summary>
public static class DataFolderVerifier
{
    /// <param name="progress">Told after every few thousand events.</param>
    /// <exception cref="StorageUnavailableException">A file cannot be read now, or was written by a newer version.</exception>
    public static Task<FolderVerdict> VerifyAsync(string folder, IProgress<VerificationProgress>? progress, CancellationToken cancellation) =>
        VerifyAsync(folder, progress, VerificationPace.Unbounded, cancellation);

    /// <summary>The same, no faster than a pace.</summary>
    public static async Task<FolderVerdict> VerifyAsync(string folder, IProgress<VerificationProgress>? progress, VerificationPace pace, CancellationToken cancellation)
    {
        using var configuration = OpenConfiguration(Path.Combine(folder, ConfigurationDatabase.FileName));
        var trails = new[] { LedgerIdentities.MainLedger, TenantNames.Sluice }.Select(name => (Name: name, Trail: new CheckpointTrail(new SqliteCheckpoints(configuration, name)))).ToList();
        var expected = trails.Sum(each => Math.Max(0, each.Trail.Newest));
        var (done, verdicts, indexes) = (0L, new List<LedgerVerdict>(), new List<string>());
        foreach (var (name, trail) in trails)
        {
            var ledger = Path.Combine(folder, "ledger", name);
            verdicts.Add(await new LedgerVerifier(ledger, trail, Report, cancellation).RunAsync(name));
            indexes.AddRange(await IndexFiles.DamagedAsync(Path.Combine(ledger, "index"), pace, cancellation));
        }

        return new FolderVerdict(verdicts, indexes);

        ValueTask Report(long events, long bytes)
        {
            progress?.Report(new VerificationProgress(done += events, expected));
            return pace.WaitAsync(bytes, cancellation);
        }
    }

    private static Database? OpenConfiguration(string path)
    {
        try
        {
            return UntouchedFile.Open(path);
        }
        catch (StorageCorruptException)
        {
            return null;
        }
    }
}
