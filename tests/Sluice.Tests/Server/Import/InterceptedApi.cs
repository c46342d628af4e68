using System.Text;

namespace Sluice.Tests.Server.Import;

/// <summary>Stands before a server, or for one: sees each ingest request and may answer instead.</summary>
internal sealed class InterceptedApi : DelegatingHandler
{
    public const string Log = """{"origin":"o","vkey":"o+1+k","size":0}""";

    public InterceptedApi(HttpMessageHandler? server = null)
    {
        if (server is not null) InnerHandler = server;
    }

    /// <summary>Bodies of the ingest requests, in order.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>Called with the number of the ingest request, from 1; null lets it through, or without a server accepts everything.</summary>
    public Func<int, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Called after the server answered; what it throws is all that the sender sees.</summary>
    public Action<int> After { get; set; } = _ => { };

    public IEnumerable<string> Lines(int request) => Bodies[request - 1].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static HttpResponseMessage Answer(int status, string json = "{}", string? retryAfter = null)
    {
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (retryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Post) return InnerHandler is null ? Answer(200, Log) : await base.SendAsync(request, cancellationToken);
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        var number = Bodies.Count;
        var answer = Before(number) ?? (InnerHandler is null ? Accepted(Lines(number).Count()) : await base.SendAsync(request, cancellationToken));
        After(number);
        return answer;
    }

    private static HttpResponseMessage Accepted(int count) => Answer(200, $$"""{"accepted":{{count}},"duplicates":0,"rejected":[],"first_sequence":0,"last_sequence":{{count - 1}}}""");
}
