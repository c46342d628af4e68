namespace Sluice.Destinations.Files;

/// <summary>A file of whole lines. It is opened for every batch and closed after it, so that other programs may move it away at any time.</summary>
internal static class LineFile
{
    private const int Block = 64 * 1024;
    private const byte LineEnd = (byte)'\n';

    /// <summary>Appends lines; when this returns they are on the disk, and when it throws none of them is in the file.</summary>
    public static void Append(string path, long maxBytes, int keep, ReadOnlySpan<byte> lines)
    {
        using (var file = Open(path))
        {
            CutTornLine(file, lines[0]);
            if (file.Length == 0 || file.Length + lines.Length <= maxBytes)
            {
                Append(file, lines);
                return;
            }
        }

        Rotation.PutAside(path, keep);
        using var next = Open(path);
        Append(next, lines);
    }

    /// <summary>Opened for reading too: a pipe would then not block, and shows that it is no file.</summary>
    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        var file = new FileStream(path, options);
        if (file.CanSeek) return file;
        file.Dispose();
        throw new IOException($"{path} is no regular file.");
    }

    private static void Append(FileStream file, ReadOnlySpan<byte> lines)
    {
        var length = file.Length;
        try
        {
            file.Position = length;
            file.Write(lines);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // The disk is full: what did fit is not confirmed, and would be there twice.
            file.SetLength(length);
            throw;
        }
    }

    /// <summary>A process that was killed may have left the beginning of a line. It was never confirmed, and is sent again.</summary>
    /// <param name="beginning">What our lines begin with: anything else at the end of the file is somebody else's, and is left alone.</param>
    private static void CutTornLine(FileStream file, byte beginning)
    {
        var end = EndOfLastLine(file);
        if (end == file.Length) return;
        file.Position = end;
        if (file.ReadByte() != beginning) throw new IOException($"{file.Name} ends with something that is no line of ours: move it away.");
        file.SetLength(end);
    }

    private static long EndOfLastLine(FileStream file)
    {
        var block = new byte[Block];
        for (var end = file.Length; end > 0;)
        {
            var length = (int)Math.Min(Block, end);
            file.Position = end - length;
            file.ReadExactly(block.AsSpan(0, length));
            if (block.AsSpan(0, length).LastIndexOf(LineEnd) is >= 0 and var at) return end - length + at + 1;
            end -= length;
        }

        return 0;
    }
}
