using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Datadog;

internal sealed class DatadogDestination(DatadogSettings settings, DestinationContext its) : IDestination
{
    private const string Path = "/api/v2/logs";
    private const string TooLarge = "With its wrapping the event has more than 1,000,000 bytes: Datadog would cut it.";

    private readonly HttpSender _http = new(settings.AtIntake, its, Path);
    private readonly DatadogPayload _payload = new(settings);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var left = LeftOut(batch);
        if (left.Count == batch.Count) return new DeliveryResult.TooLarge();
        var answer = await _http.PostAsync(
            body => _payload.Write(batch, its.Time.GetUtcNow(), body),
            "application/json",
            (headers, _) =>
            {
                headers.Remove("DD-API-KEY");
                headers.TryAddWithoutValidation("DD-API-KEY", settings.Token.Reveal());
            },
            cancellation);
        var result = HttpOutcome.Of(answer);
        return result is DeliveryResult.Delivered && left.Count > 0 ? HttpOutcome.With(answer, new DeliveryResult.PartlyRefused(left)) : result;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<RefusedEvent> LeftOut(EventBatch batch)
    {
        var left = new List<RefusedEvent>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (_payload.IsTooLarge(batch[i])) left.Add(new RefusedEvent(i, TooLarge));
        }

        return left;
    }
}
