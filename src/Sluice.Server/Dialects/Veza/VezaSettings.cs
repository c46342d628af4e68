using Sluice.Server.Configuration;

namespace Sluice.Server.Dialects.Veza;

internal sealed record VezaSettings
{
    /// <summary>How far back an export may begin that has no page token yet: 1 hour to 3,650 days, default 30 days.</summary>
    public TimeSpan ExportWindow { get; init; } = TimeSpan.FromDays(30);

    internal static VezaSettings From(SettingsReader reader) =>
        new() { ExportWindow = reader.Duration("Veza:ExportWindow", new VezaSettings().ExportWindow, least: TimeSpan.FromHours(1), most: TimeSpan.FromDays(3650)) };
}
