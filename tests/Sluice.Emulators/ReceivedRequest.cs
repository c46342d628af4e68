using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sluice.Emulators;

/// <summary>What a receiver got: the body as it was meant, the raw one beside it.</summary>
/// <param name="Path">Path and query as they stood in the request, encoded.</param>
public sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] RawBody, byte[] Body)
{
    /// <summary>Reads a request whole.</summary>
    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw);
        var body = raw.ToArray();
        if (request.Headers.ContentEncoding == "gzip")
        {
            using var plain = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            await gzip.CopyToAsync(plain);
            body = plain.ToArray();
        }

        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new ReceivedRequest(request.Method, target, headers, raw.ToArray(), body);
    }
}
