using System.Security.Cryptography;

namespace Sluice.Events;

/// <summary>26 characters: 48 bits of milliseconds, then 80 random ones, so that ids sort roughly by time and never meet.</summary>
public static class Ulid
{
    public const int Length = 26;

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    public static void Write(long nanoseconds, Span<byte> destination)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var milliseconds = nanoseconds / 1_000_000;
        for (var i = 9; i >= 0; i--, milliseconds >>= 5) destination[i] = Alphabet[(int)(milliseconds & 31)];
        for (var i = 0; i < 16; i++) destination[10 + i] = Alphabet[random[i] & 31];
    }

    public static string Text(long nanoseconds)
    {
        Span<byte> utf8 = stackalloc byte[Length];
        Write(nanoseconds, utf8);
        return System.Text.Encoding.ASCII.GetString(utf8);
    }
}
