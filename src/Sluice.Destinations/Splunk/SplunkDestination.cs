using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.Splunk;

/// <summary>
/// With indexer acknowledgement each request names this opening's channel; Splunk numbers what it takes on it, and is asked for these numbers until it says
/// that they are indexed. Where the token does not have it, an answer is all there is to wait for.
/// </summary>
internal sealed class SplunkDestination : IDestination
{
    private const string Path = "/services/collector/event";

    private readonly SplunkSettings _settings;
    private readonly HttpSender _http;
    private readonly SplunkPayload _payload;
    private readonly SplunkAcknowledgements _acknowledgements;
    private readonly string _channel = Guid.NewGuid().ToString();
    private volatile bool _namesChannel;

    public SplunkDestination(SplunkSettings settings, DestinationContext its)
    {
        (_settings, _namesChannel) = (settings, settings.Acknowledge);
        _http = new HttpSender(settings, its, Path);
        _payload = new SplunkPayload(settings, Environment.MachineName);
        _acknowledgements = new SplunkAcknowledgements(AskAsync, its.Time);
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await PostAsync(batch, cancellation);
        var said = SplunkAnswer.Of(answer.Text);
        if (_settings.Acknowledge && said.Code is 10 or 14) _namesChannel = said.Code == 10;
        return answer.IsSuccess && _settings.Acknowledge && said.AckId is { } request
            ? HttpOutcome.With(answer, new DeliveryResult.Answered(_acknowledgements.Of(request)))
            : Read(answer);
    }

    /// <summary>Asks for Splunk's health too: it can take an event and have full queues all the same.</summary>
    public async ValueTask<DeliveryResult> TestAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await PostAsync(batch, cancellation);
        var health = await HealthAsync(cancellation);
        return Read(answer) with { Answer = $"{(answer.Text.Length == 0 ? $"It answered {answer.Status}." : answer.Text)} Health: {health}" };
    }

    public async ValueTask DisposeAsync()
    {
        await _acknowledgements.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Splunk says 400 also when its token or index is wrong; its own code tells these outages from verdicts.</summary>
    internal static DeliveryResult Read(HttpAnswer answer)
    {
        if (answer.Status != 400) return HttpOutcome.Of(answer);
        var said = SplunkAnswer.Of(answer.Text);
        return said.Code switch
        {
            5 or 10 or 11 or 14 => Outage(answer, ErrorClass.Server),   // no data, or a channel wanted or not: about the request, not its events
            7 => Outage(answer, ErrorClass.NotFound),                   // the token may not write to the index
            16 or 21 or 22 => Outage(answer, ErrorClass.Auth),
            // 6, 12, 13, 15: something is wrong with an event. Those before it may be indexed already, but nobody says so: they are sent again.
            _ => HttpOutcome.With(answer, new DeliveryResult.Refused(HttpOutcome.Describe(answer)) { Index = said.InvalidEvent }),
        };
    }

    private static DeliveryResult Outage(HttpAnswer answer, ErrorClass error) => HttpOutcome.With(answer, HttpOutcome.TryLater(answer, error));

    private ValueTask<HttpAnswer> PostAsync(EventBatch batch, CancellationToken cancellation) =>
        _http.PostAsync(body => _payload.Write(batch, body), "application/json", (headers, _) => Sign(headers), cancellation);

    private ValueTask<HttpAnswer> AskAsync(IReadOnlyCollection<long> requests, CancellationToken cancellation) =>
        _http.AskAsync(HttpMethod.Post, Beside("ack", $"channel={_channel}"), $"{{\"acks\":[{string.Join(',', requests)}]}}", Sign, cancellation);

    private async ValueTask<string> HealthAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await _http.AskAsync(HttpMethod.Get, Beside("health", null), null, Sign, cancellation);
            return answer.Text.Length == 0 ? $"It answered {answer.Status}." : answer.Text;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            return exception.Message;
        }
    }

    private void Sign(HttpRequestHeaders headers)
    {
        headers.Remove("Authorization");
        headers.TryAddWithoutValidation("Authorization", $"Splunk {_settings.Token.Reveal()}");
        if (_namesChannel) headers.TryAddWithoutValidation("X-Splunk-Request-Channel", _channel);
    }

    /// <summary>Another call of the same collector, also behind a proxy that has it under a path of its own.</summary>
    private Uri Beside(string call, string? query)
    {
        const string collector = "/services/collector";
        var address = new UriBuilder(_http.Address);
        var place = address.Path.IndexOf(collector, StringComparison.Ordinal);
        address.Path = (place < 0 ? "" : address.Path[..place]) + $"{collector}/{call}";
        if (query is not null) address.Query = address.Query.Length > 1 ? $"{address.Query}&{query}" : query;
        return address.Uri;
    }
}
