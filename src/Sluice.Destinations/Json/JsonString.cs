using System.Buffers;
using System.Text.Encodings.Web;

namespace Sluice.Destinations.Json;

/// <summary>Writes UTF-8 text as a JSON string, quotes included; what JSON need not escape stays as it is.</summary>
internal static class JsonString
{
    /// <summary>Room for the longest escape of one character, so that every round gets on.</summary>
    private const int LeastRoom = 64;

    /// <summary>A JSON object as it is; a line of plain text, which some profiles write, as a string.</summary>
    public static void WriteValue(ReadOnlySpan<byte> spelled, IBufferWriter<byte> output)
    {
        if (IsObject(spelled)) output.Write(spelled);
        else Write(spelled, output);
    }

    public static bool IsObject(ReadOnlySpan<byte> spelled) => spelled is [(byte)'{', ..];

    public static void Write(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (!utf8.IsEmpty)
        {
            var span = output.GetSpan(utf8.Length + LeastRoom);
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, span, out var consumed, out var written);
            output.Advance(written);
            utf8 = utf8[consumed..];
        }

        output.Write("\""u8);
    }
}
