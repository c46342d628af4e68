using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sluice.Server.Configuration;
using Sluice.Server.Errors;

namespace Sluice.Server.Import;

/// <summary>The API's ingest call, with the waiting that a busy or restarting server asks for.</summary>
internal sealed class EventsApi(HttpClient http, Uri url, SecretText key, TimeProvider time, IImportOutput output)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly MediaTypeHeaderValue Lines = new("application/x-ndjson");

    private readonly string _base = url.AbsoluteUri.TrimEnd('/');

    /// <summary>Which ledger this is; null when the server does not tell.</summary>
    public async Task<LogState?> LogAsync(CancellationToken cancellation)
    {
        using var response = await AskAsync(() => new HttpRequestMessage(HttpMethod.Get, _base + "/v1/audit/log"), cancellation);
        return response.IsSuccessStatusCode ? await ReadAsync<LogState>(response, cancellation) : null;
    }

    /// <summary>Returns once every event of the lines is on the server's disk or refused.</summary>
    public async Task<BatchAnswer> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        using var response = await AskAsync(() => Post(lines), cancellation);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest && await ReadAsync<BatchAnswer>(response, cancellation) is { Rejected: not null } answer) return answer;
        throw Stopped(response, await ReadAsync<ApiError>(response, cancellation));
    }

    private HttpRequestMessage Post(ReadOnlyMemory<byte> lines)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _base + "/v1/audit/events") { Content = new ReadOnlyMemoryContent(lines) };
        request.Content.Headers.ContentType = Lines;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        return request;
    }

    private async Task<HttpResponseMessage> AskAsync(Func<HttpRequestMessage> create, CancellationToken cancellation)
    {
        var patience = new Patience();
        while (true)
        {
            var (response, problem) = await TryAsync(create, cancellation);
            if (response is not null && !IsPassing(response.StatusCode)) return response;
            await WaitAsync(patience, response, problem, cancellation);
            response?.Dispose();
        }
    }

    private async Task<(HttpResponseMessage? Response, string? Problem)> TryAsync(Func<HttpRequestMessage> create, CancellationToken cancellation)
    {
        using var request = create();
        try
        {
            return (await http.SendAsync(request, cancellation), null);
        }
        catch (Exception error) when (Unreachable.Is(error))
        {
            return (null, Unreachable.Words(error));
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"no answer within {Patience.Text(http.Timeout)}");
        }
    }

    private async Task WaitAsync(Patience patience, HttpResponseMessage? response, string? problem, CancellationToken cancellation)
    {
        var isBusy = response?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage;
        var what = response is null ? $"{_base} cannot be reached: {problem?.TrimEnd('.')}" : $"{_base} answers {(int)response.StatusCode}{await ReasonAsync(response, cancellation)}";
        var wait = isBusy ? patience.AfterBusy(AskedFor(response!)) : patience.AfterNoAnswer();
        if (wait is null) throw new ImportException($"{what}. Is the server running there? See: sluice serve. Run the same command again to go on.");
        output.Say($"{what}. Trying again in {Patience.Text(wait.Value)}.");
        await Task.Delay(wait.Value, time, cancellation);
    }

    private TimeSpan? AskedFor(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        await ReadAsync<ApiError>(response, cancellation) is { Code: { } code } error ? $" {code}: {error.Detail?.TrimEnd('.')}" : "";

    private ImportException Stopped(HttpResponseMessage response, ApiError? error) => new((int)response.StatusCode switch
    {
        401 => $"{_base} does not know the key. Give a valid one with --key or in SLUICE_ADMIN_KEY.",
        403 => $"The key may not send events{Detail(error)} It needs the role writer or admin.",
        413 => $"{_base} answers 413: something before the server limits requests to less than 1 MiB. Raise that limit, or send to the server itself.",
        >= 300 and < 400 => $"{_base} answers {(int)response.StatusCode}: its address is another one{(response.Headers.Location is { } to ? $", {to}" : "")}. Give that with --url.",
        var status => $"{_base} answers {status}{Detail(error)} Is this a Sluice server?",
    });

    private static string Detail(ApiError? error) => error?.Detail is { Length: > 0 } detail ? $": {detail}" : ".";

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(await response.Content.ReadAsByteArrayAsync(cancellation), Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
