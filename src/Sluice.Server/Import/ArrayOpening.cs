namespace Sluice.Server.Import;

/// <summary>How a file of records in one array begins: <c>[</c>, or <c>{"Records":[</c>, blanks allowed.</summary>
internal static class ArrayOpening
{
    /// <summary>Bytes within which it has to stand.</summary>
    public const int Longest = 256;

    /// <returns>Its length, 0 when the text begins otherwise.</returns>
    public static int Match(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, Longest)];
        var at = 0;
        if (Next(text, ref at, "["u8)) return at;
        return Next(text, ref at, "{"u8) && Next(text, ref at, "\"Records\""u8) && Next(text, ref at, ":"u8) && Next(text, ref at, "["u8) ? at : 0;
    }

    private static bool Next(ReadOnlySpan<byte> text, ref int at, ReadOnlySpan<byte> token)
    {
        var blanks = text[at..].IndexOfAnyExcept(" \t\r\n"u8);
        if (blanks < 0 || !text[(at + blanks)..].StartsWith(token)) return false;
        at += blanks + token.Length;
        return true;
    }
}
