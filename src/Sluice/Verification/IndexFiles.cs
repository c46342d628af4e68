using Sluice.Storage.Index;

namespace Sluice.Verification;

/// <summary>The index files of a ledger, checked against their own sums.</summary>
internal static class IndexFiles
{
    public static IEnumerable<string> Damaged(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.idx").Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsDamaged(path)) yield return path;
        }
    }

    private static bool IsDamaged(string path)
    {
        try
        {
            return !IndexFile.IsIntact(path);
        }
        catch (FileNotFoundException)
        {
            // A running server merged it into another meanwhile.
            return false;
        }
        catch (EndOfStreamException)
        {
            return true;
        }
    }
}
