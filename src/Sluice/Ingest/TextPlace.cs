using System.Text;
using System.Text.Unicode;

namespace Sluice.Ingest;

/// <summary>Finds lines and columns in a request's bytes; only refusals need them.</summary>
internal static class TextPlace
{
    /// <summary>Line and column of a byte, both from 1; columns count bytes.</summary>
    public static (int Line, int Column) Of(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..Math.Clamp(offset, 0, text.Length)];
        return (1 + before.Count((byte)'\n'), before.Length - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>The offset of the first byte that is not UTF-8; -1 when all are.</summary>
    public static int FirstInvalidUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) return -1;
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf8(text[at..], out _, out var length) != System.Buffers.OperationStatus.Done) return at;
            at += length;
        }

        return -1;
    }
}
