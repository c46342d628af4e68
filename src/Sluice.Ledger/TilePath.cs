using System.Globalization;
using System.Text;

namespace Sluice.Ledger;

/// <summary>A resource of C2SP tlog-tiles.</summary>
/// <param name="Level">0 to 63, in steps of 256; -1 for a bundle of entries.</param>
/// <param name="Number">Which tile of its level, from 0.</param>
/// <param name="Width">How many hashes or entries: 256 is a full one.</param>
public readonly record struct TileAddress(int Level, long Number, int Width)
{
    public const int Entries = -1;
    public const int FullWidth = 256;
}

/// <summary>Paths of tiles, in the one spelling that C2SP gives each.</summary>
public static class TilePath
{
    private const string Root = "/tile/";
    private const string EntriesName = "entries";
    private const string PartialMark = ".p/";
    private const int HighestLevel = 63;
    private const int BitsPerLevel = 8;

    // 256 entries a tile and no index beyond 2^63: more digits would name nothing.
    private const long HighestNumber = long.MaxValue / TileAddress.FullWidth;

    public static bool TryParse(string path, out TileAddress address)
    {
        address = default;
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return false;

        var rest = path.AsSpan(Root.Length);
        var slash = rest.IndexOf('/');
        if (slash < 0 || !TryParseLevel(rest[..slash], out var level))
            return false;

        rest = rest[(slash + 1)..];
        var width = TileAddress.FullWidth;
        var mark = rest.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            if (!TryParseDecimal(rest[(mark + PartialMark.Length)..], TileAddress.FullWidth - 1, out width) || width == 0)
                return false;
            rest = rest[..mark];
        }
        if (!TryParseNumber(rest, out var number))
            return false;

        address = new TileAddress(level, number, width);
        return true;
    }

    public static string Of(TileAddress address)
    {
        var path = new StringBuilder(Root);
        path.Append(address.Level == TileAddress.Entries ? EntriesName : address.Level.ToString(CultureInfo.InvariantCulture)).Append('/');
        var digits = address.Number.ToString("D3", CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        for (var group = 0; group < digits.Length; group += 3)
        {
            var isLast = group + 3 == digits.Length;
            path.Append(isLast ? "" : "x").Append(digits, group, 3).Append(isLast ? "" : "/");
        }
        if (address.Width < TileAddress.FullWidth)
            path.Append(PartialMark).Append(address.Width.ToString(CultureInfo.InvariantCulture));
        return path.ToString();
    }

    /// <summary>How many full tiles a level has when the log has <paramref name="size"/> entries.</summary>
    public static long FullTiles(int level, long size) => Items(level, size) / TileAddress.FullWidth;

    /// <summary>The width of a level's last, partial tile; 0 when there is none.</summary>
    public static int PartialWidth(int level, long size) => (int)(Items(level, size) % TileAddress.FullWidth);

    /// <summary>Whether a log of <paramref name="size"/> entries has all that this tile holds.</summary>
    public static bool Holds(long size, TileAddress address) =>
        (address.Number * TileAddress.FullWidth) + address.Width <= Items(address.Level, size);

    /// <summary>How many hashes a level has, or entries.</summary>
    private static long Items(int level, long size)
    {
        var shift = BitsPerLevel * Math.Max(level, 0);
        return shift < 64 ? size >> shift : 0;
    }

    private static bool TryParseLevel(ReadOnlySpan<char> text, out int level)
    {
        level = TileAddress.Entries;
        return text is EntriesName || TryParseDecimal(text, HighestLevel, out level);
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        for (var isFirst = true; ; isFirst = false)
        {
            var hasMore = text.StartsWith("x");
            var group = hasMore ? text[1..] : text;
            if (group.Length < 3 || !int.TryParse(group[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return false;
            if (number > HighestNumber / 1000 || (isFirst && hasMore && value == 0))
                return false;

            number = (number * 1000) + value;
            text = group[3..];
            if (!hasMore)
                return text.Length == 0 && number < HighestNumber;
            if (text.Length == 0 || text[0] != '/')
                return false;
            text = text[1..];
        }
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, int highest, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value <= highest
        && (text[0] != '0' || text.Length == 1);
}
