using System.CommandLine;
using Sluice.Server.Apply;
using Sluice.Server.Configuration;

namespace Sluice.Server.Commands;

/// <summary><c>sluice apply</c>: makes a server's destinations what a file says.</summary>
internal static class ApplyCommand
{
    /// <summary>As diff(1) has it: there are differences, or not everything could be done.</summary>
    private const int Differs = 1, Incomplete = 1;

    private static readonly Option<string> File = new("--file", "-f") { Description = "The destinations, in YAML.", HelpName = "FILE", Required = true };
    private static readonly Option<bool> Plan = new("--plan") { Description = "Say what would change, and change nothing." };
    private static readonly Option<bool> Prune = new("--prune") { Description = "Delete destinations that the file does not have." };
    private static readonly Option<bool> Secrets = new("--secrets") { Description = "Send the secrets of destinations that exist, too." };
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "The tenant of all destinations in the file; those of others are not looked at." };
    private static readonly ServerOptions Server = new("admin");

    public static Command Create()
    {
        var command = new TaughtCommand("apply", "Make a server's destinations what a file says.", HelpTexts.Apply) { File, Plan, Prune, Secrets, Tenant, Server.Url, Server.Key };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Tenant) is "") throw new StartupException("--tenant: name a tenant, or leave the option out.");
        var choices = new ApplyChoices(parsed.GetValue(Tenant), parsed.GetValue(Prune), parsed.GetValue(Secrets));
        var (url, key) = (Server.UrlOf(parsed), Server.KeyOf(parsed, "sluice keys create --name apply --role admin"));
        var file = Read(parsed.GetValue(File)!);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var run = new ApplyRun(file, new DestinationsApi(http, url, key), choices, Console.Out, Console.Error);

        var plan = await run.PlanAsync(cancellation);
        if (!parsed.GetValue(Plan)) return await run.ApplyAsync(plan, cancellation) ? CommandRunner.Success : Incomplete;
        run.Show(plan);
        return plan.HasChanges ? Differs : CommandRunner.Success;
    }

    private static DestinationsFile Read(string path)
    {
        try
        {
            using var text = System.IO.File.OpenText(path);
            var references = new References(Path.GetDirectoryName(Path.GetFullPath(path))!, Environment.GetEnvironmentVariable);
            return DestinationsFile.Read(path, text, references);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"The file {path} cannot be read: {error.Message}");
        }
    }
}
