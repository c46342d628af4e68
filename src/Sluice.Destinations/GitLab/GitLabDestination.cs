using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.GitLab;

/// <summary>Posts one event a request, with GitLab's two headers.</summary>
internal sealed class GitLabDestination(GitLabSettings settings, DestinationContext its) : IDestination
{
    private readonly HttpSender _http = new(settings, its);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var outgoing = batch[0];
        var answer = await _http.PostAsync(
            body => GitLabPayload.Write(outgoing, body), settings.ContentType, (headers, _) => Identify(headers, GitLabPayload.EventType(outgoing)), cancellation);
        return HttpOutcome.Of(answer);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A user's header of the same name gives way: it could pretend to be another sender.</summary>
    private void Identify(HttpRequestHeaders headers, string eventType)
    {
        Set(headers, "X-Gitlab-Event-Streaming-Token", settings.VerificationToken!.Reveal());
        Set(headers, "X-Gitlab-Audit-Event-Type", eventType);
    }

    private static void Set(HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
