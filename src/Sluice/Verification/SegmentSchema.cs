using System.Text;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>Whether a segment's tables are those that the writer makes.</summary>
internal static class SegmentSchema
{
    private static readonly Lazy<(long Version, string Tables)> Known = new(() =>
    {
        using var made = Database.Open(":memory:");
        SegmentFile.ApplySchema(made);
        return (Version(made), Tables(made));
    });

    public static bool IsMissing(Database database) => Version(database) == 0 && Tables(database).Length == 0;

    /// <exception cref="StorageCorruptException">The tables are not those of a segment.</exception>
    /// <exception cref="StorageUnavailableException">A newer program made them.</exception>
    public static void Require(Database database)
    {
        var (version, tables) = (Version(database), Tables(database));
        if (version == Known.Value.Version && tables == Known.Value.Tables) return;
        if (version > Known.Value.Version && tables != Known.Value.Tables)
            throw new StorageUnavailableException($"A segment has schema {version}, and this program knows {Known.Value.Version}. Verify with the newer version of Sluice that wrote it.");
        throw new StorageCorruptException("its tables are not those of a segment");
    }

    private static long Version(Database database) => database.Scalar("PRAGMA user_version");

    private static string Tables(Database database)
    {
        var text = new StringBuilder();
        using var select = database.Prepare("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid");
        while (select.Step()) text.Append(select.TextOrNull(0)).Append('|').Append(select.TextOrNull(1)).Append('|').Append(select.TextOrNull(2)).Append('|').AppendLine(select.TextOrNull(3));
        return text.ToString();
    }
}
