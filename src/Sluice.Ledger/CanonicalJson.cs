using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Ledger;

/// <summary>RFC 8785, the JSON Canonicalization Scheme: the one spelling of a JSON text that is hashed.</summary>
public static class CanonicalJson
{
    /// <summary>No number's canonical spelling is longer.</summary>
    public const int MaxNumberLength = CanonicalNumber.MaxLength;

    /// <summary>Objects and arrays inside one another; deeper texts are refused.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"u8
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"u8);

    /// <summary>
    /// Spells a number canonically. False when it is no JSON number, not finite as a double, or when the canonical
    /// spelling would have another decimal value than what was sent. Takes time in proportion to its length.
    /// </summary>
    /// <param name="destination">At least <see cref="MaxNumberLength"/> bytes.</param>
    public static bool TryWriteNumber(ReadOnlySpan<byte> rawJsonNumber, Span<byte> destination, out int written) =>
        CanonicalNumber.TryWrite(rawJsonNumber, destination, out written);

    /// <summary>Room that a string of so many unescaped bytes may need, its quotes included.</summary>
    public static int MaxEscapedLength(int unescapedLength) => checked((6 * unescapedLength) + 2);

    /// <summary>Writes a string in quotes, escaping only what RFC 8785 escapes.</summary>
    /// <param name="unescaped">Valid UTF-8.</param>
    /// <param name="destination">At least <see cref="MaxEscapedLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int WriteString(ReadOnlySpan<byte> unescaped, Span<byte> destination)
    {
        var written = 0;
        destination[written++] = (byte)'"';
        for (int plain; (plain = unescaped.IndexOfAny(Escaped)) >= 0; unescaped = unescaped[(plain + 1)..])
        {
            unescaped[..plain].CopyTo(destination[written..]);
            written += plain;
            written += WriteEscape(unescaped[plain], destination[written..]);
        }
        unescaped.CopyTo(destination[written..]);
        written += unescaped.Length;
        destination[written++] = (byte)'"';
        return written;
    }

    /// <inheritdoc cref="WriteString(ReadOnlySpan{byte}, Span{byte})"/>
    public static void WriteString(ReadOnlySpan<byte> unescaped, IBufferWriter<byte> destination) =>
        destination.Advance(WriteString(unescaped, destination.GetSpan(MaxEscapedLength(unescaped.Length))));

    /// <summary>Orders unescaped UTF-8 member names by their UTF-16 code units, as <see cref="string.CompareOrdinal(string, string)"/> does.</summary>
    public static int CompareKeys(ReadOnlySpan<byte> utf8A, ReadOnlySpan<byte> utf8B)
    {
        var common = utf8A.CommonPrefixLength(utf8B);
        return common < utf8A.Length && common < utf8B.Length
            ? Utf16Order(utf8A[common]) - Utf16Order(utf8B[common])
            : utf8A.Length - utf8B.Length;
    }

    /// <summary>The canonical spelling of any JSON text.</summary>
    /// <exception cref="FormatException">
    /// It is no JSON, names a member twice, has a lone surrogate or invalid UTF-8, a number without an exact canonical
    /// spelling, or is deeper than <see cref="MaxDepth"/>.
    /// </exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new FormatException("The text is not valid UTF-8.");

        var writer = new CanonicalWriter();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            writer.Copy(ref reader);
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
        return writer.Written.ToArray();
    }

    /// <summary>
    /// UTF-8 orders by code point. UTF-16 differs in one thing: surrogate pairs (lead bytes F0 and up) come before
    /// U+E000 to U+FFFF (lead bytes EE and EF), so those two are moved behind.
    /// </summary>
    private static int Utf16Order(byte lead) => lead is 0xEE or 0xEF ? lead + 0x10 : lead;

    private static int WriteEscape(byte character, Span<byte> destination)
    {
        var escape = character switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            _ => "\\u00"u8,
        };
        escape.CopyTo(destination);
        if (escape.Length == 2)
            return 2;

        destination[4] = (byte)('0' + (character >> 4));
        destination[5] = "0123456789abcdef"u8[character & 15];
        return 6;
    }
}
