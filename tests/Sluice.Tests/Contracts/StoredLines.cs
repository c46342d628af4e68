using System.IO.Compression;
using System.Text.Json;

namespace Sluice.Tests.Contracts;

/// <summary>Reads what object stores were given.</summary>
internal static class StoredLines
{
    public static byte[] Plain(byte[] body)
    {
        if (body is not [0x1f, 0x8b, ..]) return body;
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>The events of an object; a request for a token or a marker has none.</summary>
    public static IReadOnlyList<JsonElement> Events(byte[] body)
    {
        var plain = Plain(body);
        if (plain is not [(byte)'{', ..]) return [];
        return [.. System.Text.Encoding.UTF8.GetString(plain).TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line)).Where(line => line.TryGetProperty("id", out _))];
    }
}
