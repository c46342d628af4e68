using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sluice.Destinations;

/// <summary>Any UTF-8 text as a JSON string. Only what must be is escaped, so an event in a string takes twice its bytes at most.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            output.Write(text[..at]);
            WriteEscaped(text[at], output);
            text = text[(at + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }

    private static void WriteEscaped(byte special, IBufferWriter<byte> output) =>
        output.Write(special >= 32 ? [(byte)'\\', special] : Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{special:x4}")));
}
