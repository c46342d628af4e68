using System.Security.Cryptography;
using Sluice.Delivery;
using Sluice.Destinations.Aws;
using Sluice.Destinations.Http;
using Sluice.Destinations.Objects;

namespace Sluice.Destinations.S3;

/// <summary>Writes each batch as one object. It needs <c>s3:PutObject</c> and makes no other call.</summary>
internal sealed class S3Destination(S3Settings settings, DestinationContext its) : IDestination
{
    private readonly HttpConnections _http = new(settings, its);
    private readonly AwsSigner _signer = new(new AwsCredentials(settings.AccessKeyId, settings.SecretAccessKey), settings.SigningRegion, "s3");
    private readonly bool _onlyOnce = settings.Headers.Active.Any(header => header.Name.Equals("If-None-Match", StringComparison.OrdinalIgnoreCase));

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        using var body = new ObjectBody(batch.DestinationId, settings.Compression, output => S3Payload.Write(batch, settings.Layout, output));
        var name = S3Name.Of(batch, settings, its.TenantId, body.Digest);
        using var request = Request(S3Address.Of(settings, name), body.Bytes);
        var isOver = false;
        try
        {
            var answer = await _http.SendAsync(request, cancellation);
            isOver = answer.IsSuccess;
            return S3Outcome.Of(answer, _onlyOnce);
        }
        finally
        {
            if (!isOver) body.KeepFromPool();
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private HttpRequestMessage Request(Uri address, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentLength = body.Length;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", S3Payload.ContentType(settings));
        // Buckets with Object Lock want a checksum, and every compatible server knows this one.
        request.Content.Headers.ContentMD5 = MD5.HashData(body.Span);
        request.Headers.TryAddWithoutValidation("User-Agent", "Sluice");
        settings.Headers.AddTo(request);
        foreach (var (name, value) in _signer.Sign(request.Method.Method, address, Signed(request), body.Span, its.Time.GetUtcNow()))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>S3 refuses headers of its own that are not signed, such as those for encryption that a user adds.</summary>
    private static IReadOnlyList<(string Name, string Value)> Signed(HttpRequestMessage request) =>
    [
        .. request.Headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !AwsSigner.Adds(header.Key))
            .Select(header => (header.Key, string.Join(',', header.Value))),
    ];
}
