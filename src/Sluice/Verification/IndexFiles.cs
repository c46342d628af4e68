using Sluice.Storage.Index;

namespace Sluice.Verification;

/// <summary>The index files of a ledger, checked against their own sums.</summary>
internal static class IndexFiles
{
    public static async Task<IReadOnlyList<string>> DamagedAsync(string folder, VerificationPace pace, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return [];
        var damaged = new List<string>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.idx").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsDamaged(file.FullName)) damaged.Add(file.FullName);
            else if (file.Exists) await pace.WaitAsync(file.Length, cancellation);
        }

        return damaged;
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
