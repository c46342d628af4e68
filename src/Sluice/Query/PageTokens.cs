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
    private const byte Version = 1;
    private const int SignatureLength = 16;

    /// <summary>A packed filter of 4,096 bytes and its companions stay below this; longer texts are nobody's token.</summary>
    private const int MaxLength = 16 * 1024;

    public string Write(PageToken token)
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true)) Write(writer, token);
        packed.Write(Sign(packed.ToArray()));
        return Base64Url.EncodeToString(packed.ToArray());
    }

    /// <summary>False for everything that this key did not sign, to the last bit.</summary>
    public bool TryRead(string text, [NotNullWhen(true)] out PageToken? token)
    {
        token = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        // The last character may hold bits that decoding drops.
        if (bytes.Length <= SignatureLength || Base64Url.EncodeToString(bytes) != text) return false;
        var packed = bytes[..^SignatureLength];
        if (!CryptographicOperations.FixedTimeEquals(Sign(packed), bytes.AsSpan(packed.Length))) return false;
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        token = Read(reader);
        return token is not null;
    }

    private static void Write(BinaryWriter writer, PageToken token)
    {
        writer.Write(Version);
        writer.Write((byte)token.Order);
        writer.Write7BitEncodedInt64(token.Position);
        writer.Write(token.Ledger);
        WriteOptional(writer, token.Wall);
        WriteOptional(writer, token.Tenant);
        writer.Write(Compress(token.Filter));
    }

    private static PageToken? Read(BinaryReader reader)
    {
        if (reader.ReadByte() != Version) return null;
        var order = (PageOrder)reader.ReadByte();
        var position = reader.Read7BitEncodedInt64();
        var ledger = reader.ReadString();
        var wall = ReadOptional(reader);
        var tenant = ReadOptional(reader);
        return new PageToken(ledger, wall, tenant, order, position, Decompress(reader.BaseStream));
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static byte[] Compress(string text)
    {
        if (text.Length == 0) return [];
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal)) brotli.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static string Decompress(Stream packed)
    {
        if (packed.Position == packed.Length) return "";
        using var text = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private byte[] Sign(ReadOnlySpan<byte> packed) => HMACSHA256.HashData(key, packed)[..SignatureLength];
}
