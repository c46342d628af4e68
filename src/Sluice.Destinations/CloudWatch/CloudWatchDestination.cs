using System.Buffers;
using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Aws;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.CloudWatch;

internal sealed class CloudWatchDestination(CloudWatchSettings settings, DestinationContext its) : IDestination
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const string Path = "/";

    /// <summary>Events of the two weeks that CloudWatch takes fit into fewer; the engine's time for an answer is enough for these.</summary>
    private const int MostCalls = 16;

    private readonly HttpSender _http = new(settings, its, Path);
    private readonly CloudWatchPayload _payload = new(settings);
    private readonly AwsSigner _signer = new(settings.Credentials, settings.UsedRegion!, "logs");
    private readonly Uri _address = settings.Endpoint.WithPath(Path);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var calls = CloudWatchCalls.Of(batch);
        if (calls.Count > MostCalls || HasTooLarge(batch)) return new DeliveryResult.TooLarge();
        var (refused, sent) = (new List<RefusedEvent>(), 0L);
        HttpAnswer? answer = null;
        foreach (var call in calls)
        {
            answer = await PutAsync(batch, call, cancellation);
            sent += answer.SentBytes;
            if (!answer.IsSuccess) return CloudWatchAnswer.Failure(answer);
            if (CloudWatchAnswer.Rejected(answer, call) is not { } rejected) return HttpOutcome.With(answer, new DeliveryResult.TryLater("Its answer cannot be read.", ErrorClass.Server));
            refused.AddRange(rejected);
        }

        DeliveryResult result = refused.Count > 0 ? new DeliveryResult.PartlyRefused(refused) : new DeliveryResult.Delivered();
        return HttpOutcome.With(answer! with { SentBytes = sent }, result);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts events; where there is no log stream yet, makes it once. What cannot be made is what the answer says.</summary>
    private async ValueTask<HttpAnswer> PutAsync(EventBatch batch, ArraySegment<TimedEvent> events, CancellationToken cancellation)
    {
        var answer = await CallAsync("PutLogEvents", body => _payload.WriteEvents(batch, events, body), cancellation);
        if (CloudWatchAnswer.ErrorType(answer) != CloudWatchAnswer.NotFound) return answer;
        var made = await CallAsync("CreateLogStream", _payload.WriteStream, cancellation);
        if (!made.IsSuccess && CloudWatchAnswer.ErrorType(made) != CloudWatchAnswer.Exists) return made;
        return await CallAsync("PutLogEvents", body => _payload.WriteEvents(batch, events, body), cancellation);
    }

    private ValueTask<HttpAnswer> CallAsync(string call, Action<IBufferWriter<byte>> payload, CancellationToken cancellation) =>
        _http.PostAsync(payload, ContentType, (headers, body) => Sign(call, headers, body.Span), cancellation);

    private void Sign(string call, HttpRequestHeaders headers, ReadOnlySpan<byte> body)
    {
        var target = $"Logs_20140328.{call}";
        headers.Remove("Authorization");
        headers.TryAddWithoutValidation("X-Amz-Target", target);
        foreach (var (name, value) in _signer.Sign("POST", _address, [("Content-Type", ContentType), ("X-Amz-Target", target)], body, its.Time.GetUtcNow()))
            headers.TryAddWithoutValidation(name, value);
    }

    private static bool HasTooLarge(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (CloudWatchPayload.IsTooLarge(batch[i])) return true;
        }

        return false;
    }
}
