using System.Globalization;
using System.Text;
using Sluice.Storage.Sqlite;

namespace Sluice.Retention;

/// <summary>For how many days events are kept at least: one of the instance's settings.</summary>
public sealed class RetentionSetting(ConfigurationDatabase database)
{
    /// <summary>A hundred years: more is for ever.</summary>
    public const int MostDays = 36_500;

    private const string Name = "retention-days";

    /// <summary>Null: for ever, which is the default.</summary>
    public int? Read() => database.Read(open =>
    {
        using var select = open.Prepare("SELECT value FROM settings WHERE name=?1");
        return select.Bind(1, Name).Step() ? int.Parse(Encoding.ASCII.GetString(select.Blob(0)), CultureInfo.InvariantCulture) : default(int?);
    });

    /// <summary>Durable when it returns.</summary>
    public void Write(int? days) => database.Write(open =>
    {
        using var change = open.Prepare(days is null ? "DELETE FROM settings WHERE name=?1" : "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)");
        change.Bind(1, Name);
        if (days is { } given) change.Bind(2, Encoding.ASCII.GetBytes(given.ToString(CultureInfo.InvariantCulture)));
        change.Run();
    });
}
