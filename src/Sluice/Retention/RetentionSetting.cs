using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.Retention;

/// <summary>For how many days events are kept at least: one of the instance's settings.</summary>
public sealed class RetentionSetting(IConfigurationStore configuration, TimeProvider time)
{
    /// <summary>A hundred years: more is for ever.</summary>
    public const int MostDays = 36_500;

    private const string Name = "retention-days";

    /// <summary>Null: for ever, which is the default.</summary>
    public ValueTask<int?> ReadAsync(CancellationToken cancellation = default) => configuration.ReadAsync(ReadAsync, cancellation);

    /// <summary>Durable when it returns.</summary>
    public async ValueTask WriteAsync(int? days, CancellationToken cancellation = default) => await configuration.WriteAsync(async session =>
    {
        var before = await ReadAsync(session);
        await (days is { } given
            ? session.ExecuteAsync(
                "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
                Name, Encoding.ASCII.GetBytes(given.ToString(CultureInfo.InvariantCulture)))
            : session.ExecuteAsync("DELETE FROM settings WHERE name=?1", Name));
        await OwnEventTable.AddAsync(session, OwnEvent.OfChange(
            OwnActions.RetentionUpdated, Timestamp.Now(time), new OwnResource("setting", Name), null, new JsonObject { ["days"] = before }, new JsonObject { ["days"] = days }));
        return true;
    }, cancellation);

    private static async ValueTask<int?> ReadAsync(IConfigurationSession session) =>
        await session.FirstAsync("SELECT value FROM settings WHERE name=?1", row => row.Bytes(0), Name) is { } value ? int.Parse(Encoding.ASCII.GetString(value), CultureInfo.InvariantCulture) : null;
}
