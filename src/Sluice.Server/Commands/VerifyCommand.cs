using System.CommandLine;
using Sluice.Server.Configuration;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Server.Commands;

/// <summary><c>sluice verify</c>: checks a data folder, a database, or an export with proofs. It needs no server and stops none.</summary>
internal static class VerifyCommand
{
    private const int Wrong = 1;

    private static readonly Argument<string?> ExportFile = new("FILE") { Description = "An export with proofs, plain or gzip; - reads standard input. The data folder, or the database with --store, is checked when there is none.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> VerifierKey = new("--vkey") { Description = "The log's public key, as GET /v1/audit/log shows it: for an export.", HelpName = "KEY" };
    private static readonly Option<string?> Checkpoint = new("--checkpoint") { Description = "A checkpoint that was kept elsewhere, which the export must agree with.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new TaughtCommand("verify", "Check a data folder, a database, or an export with proofs, byte by byte.", HelpTexts.Verify) { ExportFile, SettingsOptions.Data, SettingsOptions.Store, VerifierKey, Checkpoint };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var progress = new ProgressLine(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        try
        {
            return parsed.GetValue(ExportFile) is { } file ? VerifyExport(parsed, file, progress) : await VerifyInstanceAsync(parsed, progress, cancellation);
        }
        catch (InvalidDataException error)
        {
            progress.Close();
            return CommandRunner.Fail($"{parsed.GetValue(ExportFile)} cannot be unpacked: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            progress.Close();
            return CommandRunner.Fail(error.Message);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            progress.Close();
            return CommandRunner.Fail("Stopped before all was checked.");
        }
    }

    private static async Task<int> VerifyInstanceAsync(ParseResult parsed, ProgressLine progress, CancellationToken cancellation)
    {
        if (parsed.GetValue(VerifierKey) is not null || parsed.GetValue(Checkpoint) is not null)
            throw new StartupException("--vkey and --checkpoint are for an export: name its FILE. An instance has its keys and checkpoints in it.");
        if (IsGiven(parsed, SettingsOptions.Data) && IsGiven(parsed, SettingsOptions.Store)) throw new StartupException("Name a data folder with --data or a database with --store, not both.");
        var settings = SettingsOptions.SettingsOf(parsed);
        var verdict = settings.Store is { } store && !IsGiven(parsed, SettingsOptions.Data)
            ? await VerifyStoreAsync(store.Reveal(), settings, progress, cancellation)
            : await VerifyFolderAsync(settings.Data, progress, cancellation);
        progress.Close();
        foreach (var path in verdict.DamagedIndexes) Console.Error.WriteLine($"sluice: The index file {path} is damaged. No event is: delete it while no server runs, and the next start makes it again.");
        foreach (var ledger in verdict.Ledgers) Console.Out.WriteLine(VerdictText.Of(ledger));
        return verdict.IsClean ? CommandRunner.Success : Wrong;
    }

    private static async Task<FolderVerdict> VerifyFolderAsync(string folder, ProgressLine progress, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, ConfigurationDatabase.FileName)))
            throw new StartupException($"There is no data in {folder}. Name the server's data folder with --data.");
        return await DataFolderVerifier.VerifyAsync(folder, new InstanceProgress(progress), cancellation);
    }

    private static async Task<FolderVerdict> VerifyStoreAsync(string connection, SluiceSettings settings, ProgressLine progress, CancellationToken cancellation)
    {
        await using var source = PostgresSource.Open(connection, settings.NodeName);
        return await PostgresVerifier.VerifyAsync(source, new InstanceProgress(progress), cancellation);
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static int VerifyExport(ParseResult parsed, string file, ProgressLine progress)
    {
        if (IsGiven(parsed, SettingsOptions.Data) || IsGiven(parsed, SettingsOptions.Store)) throw new StartupException("Name an export's FILE, or an instance with --data or --store, not both.");
        if (parsed.GetValue(VerifierKey) is not { } text) throw new StartupException("Give the log's public key with --vkey, from a source that you trust more than the export. The server shows it at /v1/audit/log.");
        if (!Ledger.VerifierKey.TryParse(text, out var key)) throw new StartupException($"--vkey: '{text}' is no key. It looks like log.example.com+1a2b3c4d+AQ… and is shown at /v1/audit/log.");
        var kept = parsed.GetValue(Checkpoint) is { } path ? File.ReadAllText(path) : null;
        using var export = ExportSource.Open(file);
        var result = Ledger.ExportVerifier.Verify(export, key, kept, new ExportProgress(progress, export));
        progress.Close();
        if (result is Ledger.ExportResult.CannotCheck cannot) return CommandRunner.Fail(cannot.Problem);
        Console.Out.WriteLine(VerdictText.Of(result));
        return result is Ledger.ExportResult.Clean ? CommandRunner.Success : Wrong;
    }

    /// <summary>Reports at once, on the thread that checks; <see cref="Progress{T}"/> would report out of order.</summary>
    private sealed class InstanceProgress(ProgressLine line) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => line.Report(value.Events, value.Expected > 0 ? (double)value.Events / value.Expected : null);
    }

    private sealed class ExportProgress(ProgressLine line, Stream export) : IProgress<long>
    {
        public void Report(long value) => line.Report(value, (double)export.Position / Math.Max(1, export.Length));
    }
}
