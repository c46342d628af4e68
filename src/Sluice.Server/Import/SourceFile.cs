using System.Buffers.Binary;
using System.IO.Compression;

namespace Sluice.Server.Import;

/// <summary>The file being imported, unpacked when it is gzip, whatever its name.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly Stream _packed;
    private readonly Stream _content;

    private SourceFile(Stream packed, Stream content)
    {
        (_packed, _content) = (packed, content);
        Window = new ByteWindow(content);
    }

    public ByteWindow Window { get; }

    /// <summary>How much of the file was read, 0 to 1; null for what has no length, such as a pipe.</summary>
    public double? Fraction => _packed.CanSeek ? (_packed.Length == 0 ? 1 : (double)_packed.Position / _packed.Length) : null;

    /// <summary>
    /// At the end: whether the file is gzip that breaks off. The framework's reader takes that for the end, so the last four bytes are asked: they give
    /// the last member's size, which cannot be more than what was unpacked.
    /// </summary>
    public bool IsCutShort()
    {
        if (_content is not GZipStream || !_packed.CanSeek) return false;
        var size = new byte[sizeof(uint)];
        _packed.Seek(-size.Length, SeekOrigin.End);
        _packed.ReadExactly(size);
        return BinaryPrimitives.ReadUInt32LittleEndian(size) > Window.Offset;
    }

    public static async Task<SourceFile> OpenAsync(string path, CancellationToken cancellation)
    {
        var packed = path == ImportOptions.StandardInput ? Console.OpenStandardInput() : Open(path);
        var head = new byte[2];
        var length = await packed.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var whole = new HeadedStream(head.AsMemory(0, length), packed);
        return new SourceFile(packed, head is [0x1f, 0x8b] ? new GZipStream(whole, CompressionMode.Decompress) : whole);
    }

    public void Dispose()
    {
        Window.Dispose();
        _content.Dispose();
        _packed.Dispose();
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImportException($"There is no file {path}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {(Directory.Exists(path) ? "it is a folder" : error.Message)}");
        }
    }
}
