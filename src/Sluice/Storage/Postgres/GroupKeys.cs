using System.Runtime.InteropServices;
using Sluice.Events;

namespace Sluice.Storage.Postgres;

/// <summary>The index keys of a commit group as the database keeps them: for every event its hashes, then its timestamp, 8 bytes each, little-endian.</summary>
internal static class GroupKeys
{
    public const int BytesPerEvent = (IndexKeys.Count + 1) * sizeof(long);

    public static void Write(Span<byte> place, in IndexKeys keys, long timestamp)
    {
        MemoryMarshal.Write(place, keys);
        MemoryMarshal.Write(place[(IndexKeys.Count * sizeof(ulong))..], timestamp);
    }

    public static IndexKeys Read(ReadOnlySpan<byte> keys, int at, out long timestamp)
    {
        var place = keys.Slice(at * BytesPerEvent, BytesPerEvent);
        timestamp = MemoryMarshal.Read<long>(place[(IndexKeys.Count * sizeof(ulong))..]);
        return MemoryMarshal.Read<IndexKeys>(place);
    }
}

/// <summary>One commit group's row.</summary>
/// <param name="Root">Root of the tree before it.</param>
internal sealed record StoredGroup(long First, int Count, byte[] Root, byte[] Keys)
{
    public long End => First + Count;
}
