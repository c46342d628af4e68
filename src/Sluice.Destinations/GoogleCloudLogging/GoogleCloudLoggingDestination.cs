using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Events;

namespace Sluice.Destinations.GoogleCloudLogging;

internal sealed class GoogleCloudLoggingDestination(GoogleCloudLoggingSettings settings, DestinationContext its) : IDestination
{
    private readonly HttpSender _http = new(settings, its, "/v2/entries:write");
    private readonly AccessTokens _tokens = new(settings, its);
    private readonly GoogleCloudLoggingPayload _payload = new(settings, its.TenantId);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var token = await _tokens.GetAsync(cancellation);
        if (token.Text is null) return token.Problem!;
        var answer = await WriteAsync(batch, token.Text, cancellation);
        if (answer.Status != 401) return GoogleCloudLoggingAnswer.Read(answer, batch.Count);

        // It was withdrawn before its time: a new one may serve.
        _tokens.Forget(token.Text);
        token = await _tokens.GetAsync(cancellation);
        return token.Text is null ? token.Problem! : GoogleCloudLoggingAnswer.Read(await WriteAsync(batch, token.Text, cancellation), batch.Count);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _tokens.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<HttpAnswer> WriteAsync(EventBatch batch, string token, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(
            body => _payload.Write(batch, Timestamp.Now(its.Time), body),
            "application/json",
            (headers, _) => headers.Authorization = new AuthenticationHeaderValue("Bearer", token),
            cancellation);
        return answer with { Text = answer.Text.Replace(token, Sluice.Secrets.Secret.Mask, StringComparison.Ordinal) };
    }
}
