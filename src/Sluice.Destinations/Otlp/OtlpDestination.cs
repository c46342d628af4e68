using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Otlp;

internal sealed class OtlpDestination(OtlpSettings settings, DestinationContext its) : IDestination
{
    private readonly HttpSender _http = new(settings, its, "/v1/logs");

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(body => OtlpPayload.Write(batch, body), "application/json", null, cancellation);
        return OtlpAnswer.Read(answer, batch.Count);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
