using System.CommandLine;
using Sluice.Server.Configuration;

namespace Sluice.Server.Commands;

/// <summary>The short options, and <c>--Sluice:Name=value</c> for any setting, as the command line's part of the configuration.</summary>
internal static class SettingsOptions
{
    public static Option<string> Data { get; } = new("--data") { Description = "The data folder; ./data unless set.", HelpName = "DIR" };

    public static Option<string> Urls { get; } = new("--urls") { Description = $"Where to listen; {SluiceSettings.DefaultUrls} unless set. Several are separated by semicolons.", HelpName = "URL" };

    public static Option<string> Store { get; } = new("--store") { Description = "The PostgreSQL database, when not the data folder: Host=…;Database=…;Username=…;Password=…", HelpName = "CONNECTION" };

    /// <returns>Arguments as .NET's configuration reads them.</returns>
    public static string[] Arguments(ParseResult parsed)
    {
        var arguments = new List<string>();
        Add(Data, "Sluice:Data");
        Add(Urls, "urls");
        Add(Store, "Sluice:Store");
        return [.. arguments, .. Checked(parsed.UnmatchedTokens)];

        void Add(Option<string> option, string setting)
        {
            if (parsed.GetResult(option) is { Implicit: false } && parsed.GetValue(option) is { } value) arguments.Add($"--{setting}={value}");
        }
    }

    /// <summary>The settings of a command that is no server: those of the current folder, the environment and its own options.</summary>
    public static SluiceSettings SettingsOf(ParseResult parsed) => SluiceSettings.From(new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(Arguments(parsed)).Build());

    private static IEnumerable<string> Checked(IReadOnlyList<string> tokens)
    {
        foreach (var token in tokens)
        {
            var isSetting = token.StartsWith("--", StringComparison.Ordinal) && token.Contains(':', StringComparison.Ordinal) && token.Contains('=', StringComparison.Ordinal);
            yield return isSetting ? token : throw new StartupException($"'{token}' is neither an option nor a setting. Settings are written --Sluice:Name=value. See: sluice --help");
        }
    }
}
