using System.CommandLine;
using System.Runtime.InteropServices;
using Sluice.Server.Configuration;
using Sluice.Server.Import;
using Sluice.Server.Startup;

namespace Sluice.Server.Commands;

/// <summary><c>sluice import</c>: sends a file's records to a server, as any other sender would.</summary>
internal static class ImportCommand
{
    private const int SomeRefused = 1, Interrupted = 130, Terminated = 143;

    private static readonly Argument<string> File = new("FILE") { Description = "NDJSON, plain or gzip; - reads standard input." };
    private static readonly Option<string> From = new Option<string>("--from") { Description = "How the records are spelled.", Required = true }.AcceptOnlyFromAmong([.. ImportOptions.Sources.Keys]);
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "The tenant of records that name none; the key's own unless set." };
    private static readonly Option<string?> Position = new("--position") { Description = "Where to keep how far the import came; FILE.sluice-import unless set.", HelpName = "FILE" };
    private static readonly ServerOptions Server = new("writer or admin");

    public static Command Create()
    {
        var command = new TaughtCommand("import", "Send a file's events to a server; run again, it goes on where it stopped and doubles nothing.", HelpTexts.Import) { File, From, Tenant, Server.Url, Server.Key, Position };
        command.SetAction((parsed, _) => RunAsync(OptionsFrom(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(ImportOptions options)
    {
        using var stop = new CancellationTokenSource();
        var whenStopped = Interrupted;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, Interrupted));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, Terminated));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

        ImportTally? tally = null;
        async Task Import(IImportOutput output) => tally = await ImportAsync(options, http, output, stop.Token);
        if (Terminal.Error.Profile.Capabilities.Interactive && !Console.IsErrorRedirected) await LiveOutput.RunAsync(Terminal.Error, TimeProvider.System, Import);
        else await Import(new PlainOutput(Console.Error, TimeProvider.System));

        if (tally is null) return whenStopped;
        Console.Out.WriteLine(tally);
        return tally.Refused > 0 ? SomeRefused : CommandRunner.Success;

        void Stop(PosixSignalContext signal, int code)
        {
            if (stop.IsCancellationRequested) return;   // asked twice: the runtime then ends the process
            (signal.Cancel, whenStopped) = (true, code);
            stop.Cancel();
        }
    }

    /// <returns>Null when it was stopped.</returns>
    private static async Task<ImportTally?> ImportAsync(ImportOptions options, HttpClient http, IImportOutput output, CancellationToken cancellation)
    {
        var run = new ImportRun(options, new EventsApi(http, options.Url, options.Key, TimeProvider.System, output), output);
        try
        {
            await run.RunAsync(cancellation);
            return run.Tally;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            output.Say($"Stopped after {run.Unit} {run.Number}: {run.Tally}. Run the same command again to go on.");
            return null;
        }
    }

    private static ImportOptions OptionsFrom(ParseResult parsed)
    {
        var file = parsed.GetValue(File)!;
        var (url, key) = (Server.UrlOf(parsed), Server.KeyOf(parsed, "sluice keys create --name import --role writer"));
        if (parsed.GetValue(Tenant) is "") throw new StartupException("--tenant: name a tenant, or leave the option out.");
        return new ImportOptions(file, parsed.GetValue(From)!, parsed.GetValue(Tenant), url, key, PositionFor(file, parsed.GetValue(Position)));
    }

    /// <summary>Only a file can be read again from a place.</summary>
    private static string? PositionFor(string file, string? asked)
    {
        if (file == ImportOptions.StandardInput) return asked is null ? null : throw new StartupException("--position is for files; standard input cannot be read again from a place.");
        return asked ?? (System.IO.File.Exists(file) ? file + ".sluice-import" : null);
    }
}
