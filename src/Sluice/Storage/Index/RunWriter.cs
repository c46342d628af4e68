using System.Runtime.InteropServices;
using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>Sorts keys into index files: a full tail into a run, a sealed segment's runs into one.</summary>
internal static class RunWriter
{
    public static void WriteRun(string path, IndexTail tail) => IndexFile.Write(path, tail.First, tail.Count, file =>
    {
        var words = new ulong[tail.Count];
        var scratch = new ulong[tail.Count];
        var filter = new ulong[IdFilter.BytesFor(tail.Count) / sizeof(ulong)];
        var first = (uint)(tail.First & IndexFile.PositionMask);
        for (var kind = 0; kind < IndexKeys.Count; kind++)
        {
            var hashes = tail.Hashes((IndexKind)kind);
            for (var i = 0; i < hashes.Length; i++) words[i] = (hashes[i] << IndexFile.PositionBits) | (first + (uint)i);
            WriteSorted(file, words, scratch, (IndexKind)kind, filter);
        }

        for (var kind = 0; kind < EventTimes.Kinds; kind++) WriteTimes(file, tail.Times((TimeKind)kind));
        file.Write<ulong>(filter);
    });

    /// <summary>Runs of one segment, complete and in order, into one file.</summary>
    public static void Merge(string path, IReadOnlyList<MappedIndex> runs) => IndexFile.Write(path, runs[0].First, runs.Sum(run => run.Count), file =>
    {
        var count = runs.Sum(run => run.Count);
        var words = new ulong[count];
        var scratch = new ulong[count];
        var filter = new ulong[IdFilter.BytesFor(count) / sizeof(ulong)];
        for (var kind = 0; kind < IndexKeys.Count; kind++)
        {
            var at = 0;
            foreach (var run in runs)
            {
                run.Words((IndexKind)kind).CopyTo(words.AsSpan(at));
                at += run.Count;
            }

            WriteSorted(file, words, scratch, (IndexKind)kind, filter);
        }

        for (var kind = 0; kind < EventTimes.Kinds; kind++) MergeTimes(file, runs, (TimeKind)kind, MemoryMarshal.Cast<ulong, long>(words.AsSpan()));
        file.Write<ulong>(filter);
        GC.KeepAlive(runs);
    });

    private static void WriteSorted(IndexFileWriter file, ulong[] words, ulong[] scratch, IndexKind kind, ulong[] filter)
    {
        RadixSort.Sort(words, scratch);
        file.Write<ulong>(words);
        if (kind != IndexKind.Id) return;
        foreach (var word in words) IdFilter.Add(filter, word >> IndexFile.PositionBits);
    }

    /// <param name="times">Room for the times of all runs.</param>
    private static void MergeTimes(IndexFileWriter file, IReadOnlyList<MappedIndex> runs, TimeKind kind, Span<long> times)
    {
        var next = 0;
        foreach (var run in runs)
        {
            run.Times(kind).CopyTo(times[next..]);
            next += run.Count;
        }

        WriteTimes(file, times);
    }

    private static void WriteTimes(IndexFileWriter file, ReadOnlySpan<long> times)
    {
        file.Write(times);
        var blocks = new long[2 * IndexFile.TimeBlocks(times.Length)];
        for (var block = 0; block < blocks.Length / 2; block++)
        {
            var bounds = TimeBounds.Of(times[(block * IndexFile.TimeBlock)..Math.Min(times.Length, (block + 1) * IndexFile.TimeBlock)]);
            (blocks[2 * block], blocks[2 * block + 1]) = (bounds.Least, bounds.Greatest);
        }

        file.Write<long>(blocks);
    }
}
