using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Google;
using Sluice.Destinations.Http;
using Sluice.Events;

namespace Sluice.Destinations.GoogleCloudLogging;

internal sealed class GoogleCloudLoggingDestination : IDestination
{
    private const string Scope = "https://www.googleapis.com/auth/logging.write";

    private readonly DestinationContext _its;
    private readonly HttpSender _http;
    private readonly HttpConnections _tokenServer;
    private readonly GoogleToken _token;
    private readonly GoogleCloudLoggingPayload _payload;

    public GoogleCloudLoggingDestination(GoogleCloudLoggingSettings settings, DestinationContext its)
    {
        (_its, _http, _tokenServer) = (its, new HttpSender(settings, its, "/v2/entries:write"), new HttpConnections(settings, its));
        _token = new GoogleToken(settings.Key(), Scope, _tokenServer, its.Time);
        _payload = new GoogleCloudLoggingPayload(settings, its.TenantId);
    }

    /// <summary>A token that is refused is replaced once: it may have been withdrawn before its time.</summary>
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var token = await _token.GetAsync(cancellation);
            if (token.Token is null) return token.Outage!;
            var answer = await WriteAsync(batch, token.Token, cancellation);
            if (answer.Status != 401 || attempt > 0) return GoogleCloudLoggingAnswer.Read(answer, batch.Count);
            _token.Forget(token.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        _token.Dispose();
        _tokenServer.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<HttpAnswer> WriteAsync(EventBatch batch, string token, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(
            body => _payload.Write(batch, Timestamp.Now(_its.Time), body),
            "application/json",
            (headers, _) => headers.Authorization = new AuthenticationHeaderValue("Bearer", token),
            cancellation);
        return answer with { Text = answer.Text.Replace(token, Sluice.Secrets.Secret.Mask, StringComparison.Ordinal) };
    }
}
