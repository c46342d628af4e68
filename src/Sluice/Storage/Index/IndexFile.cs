using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>
/// The layout of an index file: a header, then for each kind its words in order (44 bits of hash, 20 bits of position in the segment), then the events'
/// times of each kind by position with the least and greatest of every block, then a filter over the ids. The truth is in the segments: a file that is missing or
/// does not match its checksum is written again from bodies.
/// </summary>
internal static class IndexFile
{
    public const int PositionBits = 20;
    public const int PositionMask = (1 << PositionBits) - 1;

    /// <summary>Events per block of times: what a time window skips at once.</summary>
    public const int TimeBlock = 1024;

    public const int HeaderBytes = 128;

    private const ulong Magic = 0x0231584449534C55;
    private const int ChecksumAt = 64;

    public static long LengthFor(int count) => HeaderBytes + 8L * count * IndexKeys.Count + EventTimes.Kinds * TimesBytes(count) + IdFilter.BytesFor(count);

    /// <summary>Bytes of all that is kept of one kind of time.</summary>
    public static long TimesBytes(int count) => 8L * count + 16L * TimeBlocks(count);

    public static int TimeBlocks(int count) => (count + TimeBlock - 1) / TimeBlock;

    /// <summary>Writes beside the final name, syncs, renames: a file under its final name is whole.</summary>
    public static void Write(string path, long first, int count, Action<IndexFileWriter> write)
    {
        var unfinished = path + ".tmp";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
        {
            file.Write(new byte[HeaderBytes]);
            using (var checksum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                write(new IndexFileWriter(file, checksum));
                Span<byte> header = stackalloc byte[HeaderBytes];
                header.Clear();
                MemoryMarshal.Write(header, Magic);
                MemoryMarshal.Write(header[8..], first);
                MemoryMarshal.Write(header[16..], (long)count);
                checksum.GetHashAndReset().CopyTo(header[ChecksumAt..]);
                file.Position = 0;
                file.Write(header);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Whether a file is there, and as long as this version writes it.</summary>
    public static bool IsOfThisVersion(string path, int count) => File.Exists(path) && new FileInfo(path).Length == LengthFor(count);

    /// <summary>Maps a file that its header says is for these events; null when it is missing or of another shape.</summary>
    public static MappedIndex? TryOpen(string path, long first, int count)
    {
        if (!IsOfThisVersion(path, count)) return null;
        using var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        if (view.ReadUInt64(0) == Magic && view.ReadInt64(8) == first && view.ReadInt64(16) == count) return new MappedIndex(path, first, count, view);
        view.Dispose();
        return null;
    }

    /// <summary>Whether every byte is as it was written.</summary>
    public static bool IsIntact(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        file.ReadExactly(header);
        return SHA256.HashData(file).AsSpan().SequenceEqual(header.Slice(ChecksumAt, SHA256.HashSizeInBytes));
    }
}

/// <summary>Writes an index file's sections in order and sums them up.</summary>
internal sealed class IndexFileWriter(Stream file, IncrementalHash checksum)
{
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        checksum.AppendData(bytes);
        file.Write(bytes);
    }
}
