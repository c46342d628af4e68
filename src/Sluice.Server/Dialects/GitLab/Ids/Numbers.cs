using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Server.Dialects.GitLab.Ids;

/// <summary>
/// GitLab's ids end in an integer; ours are made of the ids and names that are there, so that nothing has to be kept, and every node makes the same ones.
/// </summary>
internal static class Numbers
{
    private const string Prefix = "siem_", Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26, BitsOfName = 48;

    /// <summary>The id's own 128 bits.</summary>
    public static BigInteger OfDestination(string id) => id[Prefix.Length..].Aggregate(BigInteger.Zero, (number, digit) => (number << 5) | Digits.IndexOf(digit));

    public static string Destination(BigInteger number) => Prefix + string.Concat(Enumerable.Range(0, Length).Select(at => Digits[(int)((number >> (5 * (Length - 1 - at))) & 31)]));

    /// <summary>Of what a destination has under a name: its number with the name's behind it.</summary>
    public static BigInteger OfPart(BigInteger destination, string name) => (destination << BitsOfName) | OfName(name);

    public static BigInteger DestinationOfPart(BigInteger part) => part >> BitsOfName;

    public static BigInteger OfName(string name) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) >> (64 - BitsOfName);
}
