namespace Sluice.Storage.Sqlite;

/// <summary>Removes the files of dropped segments. The file of the events goes last, so that what a killed process left is found by it.</summary>
internal static class SegmentRemoval
{
    /// <summary>Bytes that are given back at once: a file system may hold up every other write while it frees a large file.</summary>
    private const long Step = 64L << 20;

    /// <summary>Removes what a killed process left of segments before this one.</summary>
    public static void RemoveBefore(string folder, long number)
    {
        foreach (var dropped in SegmentFile.Numbers(folder).Where(each => each < number)) Remove(folder, dropped, default);
    }

    /// <summary>When this is cancelled, the next start removes the rest.</summary>
    public static void Remove(string folder, long number, CancellationToken cancellation)
    {
        var path = SegmentFile.PathOf(folder, number);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        if (File.Exists(path) && TryShrink(path, cancellation)) File.Delete(path);
    }

    private static bool TryShrink(string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        for (var left = file.Length - Step; left > 0; left -= Step)
        {
            if (cancellation.IsCancellationRequested) return false;
            file.SetLength(left);
        }

        return true;
    }
}
