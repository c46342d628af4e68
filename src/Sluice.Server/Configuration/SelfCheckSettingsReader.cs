using Sluice.SelfChecks;

namespace Sluice.Server.Configuration;

/// <summary>What a user says of self-checks.</summary>
internal static class SelfCheckSettingsReader
{
    public static SelfCheckSettings From(SettingsReader reader)
    {
        var standard = new SelfCheckSettings();
        return new SelfCheckSettings
        {
            Interval = reader.Duration("Integrity:SelfCheckInterval", standard.Interval, least: TimeSpan.Zero, most: TimeSpan.FromDays(90)),
            BytesPerSecond = reader.Bytes("Integrity:SelfCheckRate", standard.BytesPerSecond, least: 64 << 10, most: 16L << 30),
        };
    }
}
