using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sluice.Server.Configuration;
using Sluice.Server.Startup;
using Sluice.Tenants;

namespace Sluice.Server.Commands;

/// <summary><c>sluice serve</c>: runs the server until it is told to stop; then requests have 10 s to finish.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new TaughtCommand("serve", "Run the server until Ctrl-C or SIGTERM; requests then have 10 seconds to finish.", HelpTexts.Serve)
        {
            SettingsOptions.Data, SettingsOptions.Urls, SettingsOptions.Store,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => RunAsync(SettingsOptions.Arguments(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        var settings = SluiceSettings.From(builder.Configuration);
        RefuseStore(settings);
        builder.WebHost.UseUrls(settings.Urls);

        using var folder = DataFolderLock.Take(settings.Data);
        await using var app = await SluiceApplication.OpenAsync(builder, settings, cancellation);
        await StartAsync(app, settings, cancellation);
        var firstKey = await FirstAdminKey.EnsureAsync(app.Services.GetRequiredService<AccessKeys>());   // not before: a failed start would lose it unseen
        Banner.Write(Terminal.Out, settings, app.Urls, firstKey);
        await app.WaitForShutdownAsync(cancellation);
        return CommandRunner.Success;
    }

    private static void RefuseStore(SluiceSettings settings)
    {
        if (settings.Store is not null)
            throw new SettingException("Sluice:Store", null, "A ledger in PostgreSQL is not supported by this version. Leave the setting out: the data then lives in the data folder.");
    }

    private static async Task StartAsync(WebApplication app, SluiceSettings settings, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new StartupException($"{settings.Urls} is in use by another program. Stop it, or listen elsewhere: --urls http://127.0.0.1:7601");
        }
        catch (Exception error) when (error is SocketException || error.InnerException is SocketException)
        {
            throw new StartupException($"Sluice cannot listen on {settings.Urls}: {(error as SocketException ?? error.InnerException!).Message}. Choose another address with --urls.");
        }
    }
}
