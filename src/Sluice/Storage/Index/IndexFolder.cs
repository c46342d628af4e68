using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>Hands the keys of the events of <c>[from, end)</c> to a receiver, in order.</summary>
internal delegate void KeySource(long from, long end, KeyReceiver receive);

internal delegate void KeyReceiver(long sequence, in IndexKeys keys, EventTimes times);

/// <summary>The index files of one ledger, and how to make them again from what is stored.</summary>
internal sealed class IndexFolder
{
    private const int RunsPerSegment = Sqlite.SegmentFile.Capacity / IndexTail.Capacity;

    private readonly string _folder;

    public IndexFolder(string folder, KeySource keys)
    {
        (_folder, Keys) = (folder, keys);
        Directory.CreateDirectory(folder);
        foreach (var unfinished in Directory.EnumerateFiles(folder, "*.tmp")) File.Delete(unfinished);
    }

    public KeySource Keys { get; }

    /// <summary>A whole segment's index, when the segment is complete and its file is there.</summary>
    public MappedIndex? OpenSegment(long first, long size) =>
        first % Sqlite.SegmentFile.Capacity == 0 && first + Sqlite.SegmentFile.Capacity <= size
            ? IndexFile.TryOpen(SegmentPath(first), first, Sqlite.SegmentFile.Capacity)
            : null;

    public MappedIndex OpenOrBuildRun(long first) => IndexFile.TryOpen(RunPath(first), first, IndexTail.Capacity) ?? BuildRun(first);

    public MappedIndex BuildRun(long first)
    {
        var tail = new IndexTail(first);
        Keys(first, first + IndexTail.Capacity, (long sequence, in IndexKeys keys, EventTimes times) => tail.Add((int)(sequence - first), keys, times));
        tail.Publish(IndexTail.Capacity);
        return WriteRun(tail);
    }

    public MappedIndex RebuildSegment(long first)
    {
        var runs = Enumerable.Range(0, RunsPerSegment).Select(run => BuildRun(first + run * (long)IndexTail.Capacity)).ToArray();
        var merged = Merge(runs);
        DeleteRuns(runs);
        return merged;
    }

    public MappedIndex WriteRun(IndexTail tail)
    {
        RunWriter.WriteRun(RunPath(tail.First), tail);
        return Opened(RunPath(tail.First), tail.First, IndexTail.Capacity);
    }

    public MappedIndex Merge(IReadOnlyList<MappedIndex> runs)
    {
        RunWriter.Merge(SegmentPath(runs[0].First), runs);
        return Opened(SegmentPath(runs[0].First), runs[0].First, Sqlite.SegmentFile.Capacity);
    }

    /// <summary>Removes the files of runs that were merged and gives their memory back. Readers may still walk them to the end.</summary>
    public void DeleteRuns(IEnumerable<MappedIndex> runs)
    {
        foreach (var run in runs)
        {
            File.Delete(run.Path);
            run.LetGo();
        }
    }

    /// <summary>Where the index of the sealed segment that begins at a sequence stands.</summary>
    public static string SegmentPath(string folder, long first) => Path.Combine(folder, $"segment-{first / Sqlite.SegmentFile.Capacity:D6}.idx");

    /// <summary>Removes the files of segments before this sequence, whatever they are. Readers may still walk them to the end.</summary>
    public void DeleteBefore(long first)
    {
        foreach (var path in Directory.EnumerateFiles(_folder, "*.idx"))
        {
            var parts = Path.GetFileNameWithoutExtension(path).Split('-');
            if (parts.Length > 1 && long.TryParse(parts[1], out var segment) && segment < first / Sqlite.SegmentFile.Capacity) File.Delete(path);
        }
    }

    private static MappedIndex Opened(string path, long first, int count) =>
        IndexFile.TryOpen(path, first, count) ?? throw new IOException($"{path} is not what was written a moment ago.");

    private string SegmentPath(long first) => SegmentPath(_folder, first);

    private string RunPath(long first) =>
        Path.Combine(_folder, $"run-{first / Sqlite.SegmentFile.Capacity:D6}-{first % Sqlite.SegmentFile.Capacity / IndexTail.Capacity:D2}.idx");
}
