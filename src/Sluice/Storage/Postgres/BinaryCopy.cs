using System.Buffers.Binary;
using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>
/// PostgreSQL's binary COPY format, composed and read by hand: the driver's importer costs a call for every value.
/// A stream is a header, rows (number of columns, then each column's length and bytes, big-endian), and -1 in place of a row.
/// </summary>
internal static class BinaryCopy
{
    private const short EventColumns = 5;
    private const int FixedBytes = sizeof(short) + EventColumns * sizeof(int) + sizeof(short) + 2 * sizeof(long) + Digest.Size;

    /// <summary>Signature, no flags, no extension.</summary>
    public static ReadOnlySpan<byte> Header => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public const int TrailerBytes = sizeof(short);

    public static int EventBytes(int body) => FixedBytes + body;

    /// <summary>Writes a row (ledger, sequence, persisted_at, digest, body).</summary>
    public static void WriteEvent(Span<byte> place, short ledger, long sequence, long persistedAt, in Digest digest, ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteInt16BigEndian(place, EventColumns);
        BinaryPrimitives.WriteInt32BigEndian(place[2..], sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(place[6..], ledger);
        BinaryPrimitives.WriteInt32BigEndian(place[8..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(place[12..], sequence);
        BinaryPrimitives.WriteInt32BigEndian(place[20..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(place[24..], persistedAt);
        BinaryPrimitives.WriteInt32BigEndian(place[32..], Digest.Size);
        digest.CopyTo(place[36..]);
        BinaryPrimitives.WriteInt32BigEndian(place[68..], body.Length);
        body.CopyTo(place[FixedBytes..]);
    }

    public static void WriteTrailer(Span<byte> place) => BinaryPrimitives.WriteInt16BigEndian(place, -1);
}
