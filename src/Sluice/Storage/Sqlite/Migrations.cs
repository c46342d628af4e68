namespace Sluice.Storage.Sqlite;

/// <summary>Numbered, forward-only schema changes. A file with a newer schema than this program knows is refused, never guessed at.</summary>
internal static class Migrations
{
    public static void Apply(Database database, IReadOnlyList<string> migrations)
    {
        var version = database.Scalar("PRAGMA user_version");
        if (version > migrations.Count)
            throw new StorageCorruptException($"The data has schema {version}, and this program knows {migrations.Count}. Start the newer version of Sluice that wrote it.");
        for (var next = (int)version; next < migrations.Count; next++)
        {
            database.Execute($"BEGIN IMMEDIATE; {migrations[next]}; PRAGMA user_version={next + 1}; COMMIT");
        }
    }
}
