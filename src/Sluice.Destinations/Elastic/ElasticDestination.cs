using System.Net.Http.Headers;
using System.Text;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Elastic;

internal sealed class ElasticDestination(ElasticSettings settings, DestinationContext its) : IDestination
{
    /// <summary>A thousand refusals with their reasons.</summary>
    private const int LargestAnswer = 4 * 1024 * 1024;

    private readonly HttpSender _http = new(settings, its, Path(settings), LargestAnswer);
    private readonly ElasticPayload _payload = new(its.TenantId);
    private readonly string? _authorization = Authorization(settings);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(body => _payload.Write(batch, body), "application/x-ndjson", (headers, _) => Authorize(headers), cancellation);
        return ElasticAnswer.Read(answer, batch.Count);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Authorize(HttpRequestHeaders headers)
    {
        if (_authorization is null) return;
        headers.Remove("Authorization");
        headers.TryAddWithoutValidation("Authorization", _authorization);
    }

    /// <summary>Every item with its status, so that they can be told by their places, and as little else as possible.</summary>
    private static string Path(ElasticSettings settings)
    {
        var pipeline = settings.Pipeline is null ? "" : $"&pipeline={Uri.EscapeDataString(settings.Pipeline)}";
        return $"/{Uri.EscapeDataString(settings.Index)}/_bulk?filter_path=errors,items.*.status,items.*.failure_store,items.*.error.type,items.*.error.reason{pipeline}";
    }

    private static string? Authorization(ElasticSettings settings)
    {
        if (settings.Token?.Reveal() is { } token) return $"ApiKey {(token.Contains(':') ? Base64(token) : token)}";
        return settings.Username is null ? null : $"Basic {Base64($"{settings.Username}:{settings.Password!.Reveal()}")}";
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
