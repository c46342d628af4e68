namespace Sluice.Storage.Sqlite;

/// <summary>
/// A file in a data folder whose instance lives in PostgreSQL now: events that it took would be missing there. Whoever wants the folder served
/// again, without what was stored since in the database, removes the file by hand.
/// </summary>
internal static class MovedMarker
{
    public const string FileName = "moved-to-postgresql";

    public static void Write(string folder, string text) => File.WriteAllText(Path.Combine(folder, FileName), text);

    /// <exception cref="StorageUnavailableException">The folder has the file.</exception>
    public static void Refuse(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
            throw new StorageUnavailableException($"The instance in {folder} was moved to PostgreSQL: start the server with --store. To serve the folder as it was before the move, without what came since, delete {path}.");
    }
}
