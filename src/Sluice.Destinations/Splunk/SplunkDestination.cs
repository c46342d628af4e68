using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.Splunk;

internal sealed class SplunkDestination(SplunkSettings settings, DestinationContext its) : IDestination
{
    private const string Path = "/services/collector/event";

    private readonly HttpSender _http = new(settings, its, Path);
    private readonly SplunkPayload _payload = new(settings, Environment.MachineName);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(
            body => _payload.Write(batch, body),
            "application/json",
            (headers, _) =>
            {
                headers.Remove("Authorization");
                headers.TryAddWithoutValidation("Authorization", $"Splunk {settings.Token.Reveal()}");
            },
            cancellation);
        return Read(answer);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Splunk says 400 also when its token or index is wrong; its own code tells these outages from verdicts.</summary>
    internal static DeliveryResult Read(HttpAnswer answer) => answer.Status != 400 ? HttpOutcome.Of(answer) : Code(answer.Text) switch
    {
        5 or 10 or 11 or 14 => Outage(answer, ErrorClass.Server),   // no data, or a channel wanted: about the request, not its events
        7 => Outage(answer, ErrorClass.NotFound),                   // the token may not write to the index
        16 or 21 or 22 => Outage(answer, ErrorClass.Auth),
        _ => HttpOutcome.Of(answer),                                // 6, 12, 13, 15: something is wrong with an event
    };

    private static DeliveryResult Outage(HttpAnswer answer, ErrorClass error) => HttpOutcome.With(answer, HttpOutcome.TryLater(answer, error));

    private static int? Code(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
