using System.Globalization;
using System.Text;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>How far Sluice has told of what nobody calls for: numbers beside the instance's settings, moved in the transaction that tells.</summary>
internal static class OwnMarks
{
    public const string Expired = "own-events-expired", Checkpoint = "own-events-checkpoint", CheckpointHour = "own-events-checkpoint-hour", SignIns = "own-events-sign-ins", Certificates = "own-events-certificates";

    public static async ValueTask<long?> ReadAsync(IConfigurationSession session, string name) =>
        await session.FirstAsync("SELECT value FROM settings WHERE name=?1", row => row.Bytes(0), name) is { } value ? long.Parse(Encoding.ASCII.GetString(value), CultureInfo.InvariantCulture) : null;

    public static async ValueTask WriteAsync(IConfigurationSession session, string name, long value) => await session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value", name, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
}
