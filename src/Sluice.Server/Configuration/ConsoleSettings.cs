namespace Sluice.Server.Configuration;

/// <summary>The web console.</summary>
internal sealed record ConsoleSettings
{
    /// <summary>After which a browser must sign in again: 5 min to 30 d. Default 12 h.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    internal static ConsoleSettings From(SettingsReader reader) => new()
    {
        SessionLifetime = reader.Duration("Console:SessionLifetime", new ConsoleSettings().SessionLifetime, least: TimeSpan.FromMinutes(5), most: TimeSpan.FromDays(30)),
    };
}
