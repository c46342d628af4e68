using System.Security.Cryptography;
using System.Text;

namespace Sluice.Tenants;

/// <summary>
/// A key as its owner holds it: <c>slc_live_</c> or <c>slc_test_</c>, 32 random base62 digits, and 6 that are a checksum over all before. The fixed start and the checksum
/// let scanners find leaked keys without asking anybody, and let us refuse made-up ones without reading a table.
/// </summary>
internal static class AccessKeyText
{
    public const string Start = "slc_live_", StartOfTest = "slc_test_";
    public const int PrefixLength = 14;

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomDigits = 32, ChecksumDigits = 6;

    public static string Create(bool isTest = false)
    {
        var body = (isTest ? StartOfTest : Start) + RandomNumberGenerator.GetString(Base62, RandomDigits);
        return body + Checksum(body);
    }

    public static string CreateId(string start = "key_") => start + RandomNumberGenerator.GetString(Base62, 16);

    public static bool IsTest(string key) => key.StartsWith(StartOfTest, StringComparison.Ordinal);

    public static bool IsWellFormed(string key) =>
        key.Length == Start.Length + RandomDigits + ChecksumDigits
        && (key.StartsWith(Start, StringComparison.Ordinal) || IsTest(key))
        && key.AsSpan(Start.Length + RandomDigits).SequenceEqual(Checksum(key[..^ChecksumDigits]));

    private static string Checksum(string body)
    {
        var rest = Crc32(Encoding.UTF8.GetBytes(body));
        return string.Create(ChecksumDigits, rest, static (digits, rest) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--, rest /= 62) digits[i] = Base62[(int)(rest % 62)];
        });
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
