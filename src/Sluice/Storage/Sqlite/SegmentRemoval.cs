namespace Sluice.Storage.Sqlite;

/// <summary>
/// Removes the files of dropped segments. They are unlinked, never cut short: a backup or a verification that has one open reads it to its end, and a
/// hard link to it stays whole. The file of the events goes last, so that what a killed process left is found by it.
/// </summary>
internal static class SegmentRemoval
{
    /// <summary>Removes what a killed process left of segments before this one.</summary>
    public static void RemoveBefore(string folder, long number)
    {
        foreach (var dropped in SegmentFile.Numbers(folder).Where(each => each < number)) Remove(folder, dropped);
    }

    public static void Remove(string folder, long number)
    {
        var path = SegmentFile.PathOf(folder, number);
        foreach (var file in new[] { path + "-wal", path + "-shm", path }) File.Delete(file);
    }
}
