using System.Buffers.Text;

namespace Sluice.Events;

/// <summary>
/// Times as the whole product holds them: integer nanoseconds since 1970-01-01T00:00:00Z, from 1970 to 2261.
/// The framework's own types count 100 ns ticks and would lose two of the nine digits that senders give.
/// </summary>
public static class Timestamp
{
    /// <summary>Bytes of <c>2026-03-15T08:42:17.003000000Z</c>, the one form in which Sluice writes a time.</summary>
    public const int Length = 30;

    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;
    private const int LastYear = 2261;

    public static long Now(TimeProvider time) => (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;

    /// <summary>Reads RFC 3339 with any offset and at most nine fraction digits; a leap second counts as the second after.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 20 || !TryParseClock(text[..19], out var seconds)) return false;
        var rest = text[19..];
        if (!TryParseFraction(ref rest, out var fraction) || !TryParseOffset(rest, out var offset)) return false;
        seconds -= offset;
        if (seconds < 0 || seconds >= SecondsOf(LastYear + 1, 1, 1)) return false;
        nanoseconds = seconds * NanosecondsPerSecond + fraction;
        return true;
    }

    public static bool TryParse(string text, out long nanoseconds)
    {
        Span<byte> utf8 = stackalloc byte[64];
        nanoseconds = 0;
        return System.Text.Encoding.UTF8.TryGetBytes(text, utf8, out var length) && TryParse(utf8[..length], out nanoseconds);
    }

    /// <summary>Writes the 30 bytes of <see cref="Length"/>.</summary>
    public static void Write(long nanoseconds, Span<byte> destination)
    {
        var (seconds, fraction) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        var (day, second) = Math.DivRem(seconds, SecondsPerDay);
        CivilDate(day, out var year, out var month, out var dayOfMonth);
        Digits(destination, 0, 4, year);
        destination[4] = (byte)'-';
        Digits(destination, 5, 2, month);
        destination[7] = (byte)'-';
        Digits(destination, 8, 2, dayOfMonth);
        destination[10] = (byte)'T';
        Digits(destination, 11, 2, (int)(second / 3600));
        destination[13] = (byte)':';
        Digits(destination, 14, 2, (int)(second / 60 % 60));
        destination[16] = (byte)':';
        Digits(destination, 17, 2, (int)(second % 60));
        destination[19] = (byte)'.';
        Digits(destination, 20, 9, (int)fraction);
        destination[29] = (byte)'Z';
    }

    public static string Text(long nanoseconds)
    {
        Span<byte> utf8 = stackalloc byte[Length];
        Write(nanoseconds, utf8);
        return System.Text.Encoding.ASCII.GetString(utf8);
    }

    private static bool TryParseClock(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':') return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)) return false;
        if (!TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)) return false;
        // One year either side: an offset may carry the instant back into the range, which is checked after it.
        if (year is < 1969 or > LastYear + 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 60 || (second == 60 && minute != 59)) return false;
        seconds = SecondsOf(year, month, day) + hour * 3600 + minute * 60 + second;
        return true;
    }

    private static bool TryParseFraction(ref ReadOnlySpan<byte> rest, out long fraction)
    {
        fraction = 0;
        if (rest[0] != '.') return true;
        var digits = 0;
        for (rest = rest[1..]; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++)
        {
            if (digits == 9) return false;
            fraction = fraction * 10 + (rest[digits] - '0');
        }

        for (var missing = digits; missing < 9; missing++) fraction *= 10;
        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length == 1) return (text[0] | 0x20) == 'z';
        if (text.Length != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
        if (!TryDigits(text[1..3], out var hours) || !TryDigits(text[4..6], out var minutes) || hours > 23 || minutes > 59) return false;
        seconds = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var read) & read == text.Length && char.IsAsciiDigit((char)text[0]);

    private static void Digits(Span<byte> destination, int at, int count, int value)
    {
        for (var i = at + count - 1; i >= at; i--, value /= 10) destination[i] = (byte)('0' + value % 10);
    }

    private static long SecondsOf(int year, int month, int day) =>
        (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    private static void CivilDate(long daysSinceEpoch, out int year, out int month, out int day)
    {
        var date = DateTime.UnixEpoch.AddTicks(daysSinceEpoch * TimeSpan.TicksPerDay);
        (year, month, day) = (date.Year, date.Month, date.Day);
    }
}
