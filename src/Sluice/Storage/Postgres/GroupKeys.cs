using System.Runtime.InteropServices;
using Sluice.Events;

namespace Sluice.Storage.Postgres;

/// <summary>
/// The index keys of a commit group as the database keeps them: for every event its hashes, then its times, 8 bytes each, little-endian. Groups of an earlier
/// version have one time; their length shows it, and their keys are read from bodies.
/// </summary>
internal static class GroupKeys
{
    public const int BytesPerEvent = (IndexKeys.Count + EventTimes.Kinds) * sizeof(long);

    public static void Write(Span<byte> place, in IndexKeys keys, EventTimes times)
    {
        MemoryMarshal.Write(place, keys);
        MemoryMarshal.Write(place[(IndexKeys.Count * sizeof(ulong))..], times);
    }

    public static IndexKeys Read(ReadOnlySpan<byte> keys, int at, out EventTimes times)
    {
        var place = keys.Slice(at * BytesPerEvent, BytesPerEvent);
        times = MemoryMarshal.Read<EventTimes>(place[(IndexKeys.Count * sizeof(ulong))..]);
        return MemoryMarshal.Read<IndexKeys>(place);
    }
}

/// <summary>One commit group's row.</summary>
/// <param name="Root">Root of the tree before it.</param>
internal sealed record StoredGroup(long First, int Count, byte[] Root, byte[] Keys)
{
    public long End => First + Count;
}
