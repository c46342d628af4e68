namespace Sluice.Destinations.Aws;

/// <summary>A request as both sides of AWS Signature Version 4 spell it before hashing.</summary>
internal sealed class CanonicalRequest
{
    /// <param name="headers">Every header that is signed, <c>host</c> among them; names in any case.</param>
    /// <param name="bodyHash">SHA-256 of the body, lower-case hex.</param>
    /// <param name="encodesPathTwice">As all services but S3 do.</param>
    public CanonicalRequest(string method, Uri address, IEnumerable<(string Name, string Value)> headers, string bodyHash, bool encodesPathTwice)
    {
        var signed = headers.Select(header => (Name: header.Name.ToLowerInvariant(), Value: Trimmed(header.Value))).OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        SignedHeaders = string.Join(';', signed.Select(header => header.Name));
        Text = string.Join('\n', [method, Path(address, encodesPathTwice), Query(address), .. signed.Select(header => $"{header.Name}:{header.Value}"), "", SignedHeaders, bodyHash]);
    }

    public string SignedHeaders { get; }

    public string Text { get; }

    /// <summary>Each segment is encoded from what it means: a path may arrive with more or fewer characters encoded than AWS encodes.</summary>
    private static string Path(Uri address, bool twice)
    {
        var once = string.Join('/', address.AbsolutePath.Split('/').Select(segment => Uri.EscapeDataString(Uri.UnescapeDataString(segment))));
        return twice ? string.Join('/', once.Split('/').Select(Uri.EscapeDataString)) : once;
    }

    private static string Query(Uri address)
    {
        var pairs = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Encoded(pair[0]), Value: pair.Length > 1 ? Encoded(pair[1]) : ""));
        return string.Join('&', pairs.OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Trimmed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
