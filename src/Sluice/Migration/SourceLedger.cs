using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>A ledger's folder, as it says of itself.</summary>
internal static class SourceLedger
{
    /// <summary>Events that were ever committed.</summary>
    public static long SizeOf(string folder)
    {
        foreach (var number in Directory.Exists(folder) ? SegmentFile.Numbers(folder).Reverse() : [])
        {
            using var segment = new SegmentInspector(SegmentFile.PathOf(folder, number));
            if (segment.ReadBounds() is { } bounds) return bounds.End.Size;
        }

        return 0;
    }
}
