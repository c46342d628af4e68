using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Query;

/// <summary>
/// Signs page tokens and reads them back: base64url of a packed token and the first half of its HMAC-SHA256. They outlive restarts as long as the key does.
/// </summary>
/// <param name="key">32 random bytes or more.</param>
public sealed class PageTokens(byte[] key)
{
    /// <summary>Tokens of events' own call, which were there first.</summary>
    private const byte Plain = 1;

    /// <summary>With the call, and perhaps a place in time.</summary>
    private const byte OfCall = 2;

    /// <summary>The same, and the walk's end.</summary>
    private const byte WithEnd = 3;

    private const int SignatureLength = 16;
    private const int TailLength = sizeof(long) + SignatureLength;

    /// <summary>A packed filter of 4,096 bytes and its companions stay below this; longer texts are nobody's token.</summary>
    private const int MaxLength = 16 * 1024;

    public string Write(PageToken token) => Along(token)(token.Position);

    /// <summary>For a walk that needs a token for every step: all but the position is packed once.</summary>
    public Func<long, string> Along(PageToken token)
    {
        var packed = Pack(token);
        return position => Sign(packed, position);
    }

    /// <summary>False for everything that this key did not sign, to the last bit.</summary>
    public bool TryRead(string text, [NotNullWhen(true)] out PageToken? token)
    {
        token = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        // The last character may hold bits that decoding drops.
        if (bytes.Length <= TailLength || Base64Url.EncodeToString(bytes) != text) return false;
        if (!CryptographicOperations.FixedTimeEquals(Signature(bytes.AsSpan(..^SignatureLength)), bytes.AsSpan(^SignatureLength..))) return false;
        token = Unpack(bytes[..^TailLength], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(^TailLength..)));
        return token is not null;
    }

    private static byte[] Pack(PageToken token)
    {
        var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(VersionOf(token));
            writer.Write((byte)token.Order);
            writer.Write(token.Ledger);
            WriteOptional(writer, token.Wall);
            WriteOptional(writer, token.Tenant);
            if (VersionOf(token) != Plain) WriteCall(writer, token);
            if (token.Until is { } until) writer.Write(until);
        }

        if (token.Filter.Length > 0)
        {
            using var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true);
            brotli.Write(Encoding.UTF8.GetBytes(token.Filter));
        }

        return packed.ToArray();
    }

    private static PageToken? Unpack(byte[] packed, long position)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var version = reader.ReadByte();
        if (version is not (Plain or OfCall or WithEnd)) return null;
        var order = (PageOrder)reader.ReadByte();
        var ledger = reader.ReadString();
        var wall = ReadOptional(reader);
        var tenant = ReadOptional(reader);
        var call = version != Plain ? reader.ReadString() : "";
        var timed = version != Plain ? ReadTimed(reader) : null;
        long? until = version == WithEnd ? reader.ReadInt64() : null;
        return new PageToken(ledger, wall, tenant, order, position, Decompress(reader.BaseStream)) { Call = call, Timed = timed, Until = until };
    }

    private static byte VersionOf(PageToken token) => token switch
    {
        { Until: not null } => WithEnd,
        { Call.Length: 0, Timed: null } => Plain,
        _ => OfCall,
    };

    private static void WriteCall(BinaryWriter writer, PageToken token)
    {
        writer.Write(token.Call);
        writer.Write(token.Timed is not null);
        if (token.Timed is not { } timed) return;
        foreach (var number in new[] { timed.First, timed.End, timed.Time, timed.Sequence }) writer.Write(number);
    }

    private static TimedPosition? ReadTimed(BinaryReader reader) =>
        reader.ReadBoolean() ? new TimedPosition(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()) : null;

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static string Decompress(Stream packed)
    {
        if (packed.Position == packed.Length) return "";
        using var text = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private string Sign(byte[] packed, long position)
    {
        var bytes = new byte[packed.Length + TailLength];
        packed.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(packed.Length), position);
        Signature(bytes.AsSpan(..^SignatureLength)).CopyTo(bytes.AsSpan(^SignatureLength..));
        return Base64Url.EncodeToString(bytes);
    }

    private ReadOnlySpan<byte> Signature(ReadOnlySpan<byte> signed) => HMACSHA256.HashData(key, signed).AsSpan(0, SignatureLength);
}
