using System.Text;

namespace Sluice.EndToEnd.Hostile;

/// <summary>Damages bytes the way that finds faults in readers: flips, cuts, repeats, splices, and pieces that mean something.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-0", "1e400", "-1e-400", "9007199254740993", "0.1", "00", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
            "\n", "\r\n", "\0", "//", "/*", "NaN", "\"id\":\"live\"", "\"tenant_id\":\"_sluice\"", "\"sequence\":-1", "\"timestamp\":\"9999-99-99T99:99:99Z\"", "é", "\uFEFF", "\U0001F600",
            "%00", "%", "+", "&", "=", "'", "(", ")", " OR ", " AND ", " NOT ", " EQ ", "../", "*", ";", "${x}", "<x>",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        Encoding.ASCII.GetBytes(new string('[', 100)), Encoding.ASCII.GetBytes(new string('a', 5_000)),
    ];

    /// <param name="other">Something of the same sort, to splice with.</param>
    public byte[] Of(byte[] text, byte[] other)
    {
        for (var times = 1 + random.Next(3); times > 0; times--) text = Once(text, other);
        return text;
    }

    public string Of(string text, string other) => Encoding.UTF8.GetString(Of(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(other)));

    private byte[] Once(byte[] text, byte[] other)
    {
        var (from, to) = Range(text.Length);
        return random.Next(7) switch
        {
            0 => Flip(text),
            1 => text[..to],
            2 => [.. text[..from], .. text[to..]],
            3 => [.. text[..to], .. text[from..]],
            4 => [.. text[..from], .. Pieces[random.Next(Pieces.Length)], .. text[from..]],
            5 => [.. text[..from], .. Pieces[random.Next(Pieces.Length)], .. text[to..]],
            _ => [.. text[..from], .. other[Range(other.Length).From..]],
        };
    }

    private byte[] Flip(byte[] text)
    {
        if (text.Length == 0) return text;
        var changed = (byte[])text.Clone();
        for (var times = 1 + random.Next(3); times > 0; times--) changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private (int From, int To) Range(int length)
    {
        var (a, b) = (random.Next(length + 1), random.Next(length + 1));
        return a < b ? (a, b) : (b, a);
    }
}
