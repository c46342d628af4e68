using System.IO.Compression;

namespace Sluice.Server.Commands;

/// <summary>An export as a stream that can be read twice: what is compressed, or comes through a pipe, is unpacked into a temporary file first.</summary>
internal static class ExportSource
{
    private const string StandardInput = "-";

    public static Stream Open(string path)
    {
        var given = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        try
        {
            if (!given.CanSeek) return Unpacked(given);
            if (!IsCompressed(given)) return given;
            using (given) return Copied(new GZipStream(given, CompressionMode.Decompress));
        }
        catch
        {
            given.Dispose();
            throw;
        }
    }

    private static Stream Unpacked(Stream pipe)
    {
        var copy = Copied(pipe);
        if (!IsCompressed(copy)) return copy;
        using (copy) return Copied(new GZipStream(copy, CompressionMode.Decompress));
    }

    private static bool IsCompressed(Stream stream)
    {
        var isGzip = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        return isGzip;
    }

    private static FileStream Copied(Stream source)
    {
        using (source)
        {
            var copy = Temporary();
            try
            {
                source.CopyTo(copy);
                copy.Position = 0;
                return copy;
            }
            catch
            {
                copy.Dispose();
                throw;
            }
        }
    }

    /// <summary>A file that only this user can read, and that goes when it is closed.</summary>
    private static FileStream Temporary()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"sluice-{Path.GetRandomFileName()}"), options);
    }
}
