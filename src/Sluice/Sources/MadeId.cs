using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Sources;

/// <summary>
/// An id for a record that has none. It is made of the record's bytes and its place, so a file imported again stores nothing twice, and two equal
/// records of one file stay two events. A count of equal records would also survive lines put before them, but only with all of them in memory.
/// </summary>
internal static class MadeId
{
    public static string Of(ReadOnlySpan<byte> record, long number)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n")));
        hash.AppendData(record.Trim(" \t\r\n"u8));
        return $"imp_{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
