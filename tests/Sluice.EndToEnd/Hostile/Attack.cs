using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Hostile;

/// <summary>One attacker: sends one damaged request after the other on kept connections, and judges every answer.</summary>
internal sealed class Attack(SluiceClient client, int seed)
{
    private static readonly string[] ContentTypes = ["application/json", "application/x-ndjson", "application/jsonl", "text/plain", "application/json; charset=utf-16", "a/b;;;", ""];
    private static readonly string[] HeaderNames = ["Accept", "Content-Type", "X-Request-Id", "Authorization", "X-API-Key", "PRIVATE-TOKEN", "Last-Event-ID", "Accept-Encoding", "Expect", "Range", "Origin", "X-Forwarded-For", "Cookie", "If-None-Match"];
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private readonly Mutation _mutation = new(new Random(seed + 1));
    private readonly RandomJson _json = new(new Random(seed + 2));
    private readonly RandomQuery _query = new(new Random(seed + 3));
    private string _token = "", _path = "", _destination = "none";
    private long _size;

    /// <summary>Events that it was told were stored.</summary>
    public long Accepted { get; private set; }

    public SortedDictionary<int, int> Statuses { get; } = [];

    public TimeSpan Slowest { get; private set; }

    public async Task RunAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            switch (_random.Next(100))
            {
                case < 60: await SendEventsAsync(); break;
                case < 86: await QueryAsync(); break;
                case < 94: await ConfigureAsync(); break;
                default: await SendHeadersAsync(); break;
            }
        }
    }

    private async Task SendEventsAsync()
    {
        var lines = _random.Next(4);
        var body = Encoding.UTF8.GetBytes(lines switch
        {
            0 => _json.Event(),
            1 => $"[{_json.Event()},{_json.Event()},{_json.Event()}]",
            _ => $"{_json.Event()}\n{_json.Event()}\n{_json.Event()}\n",
        });
        if (_random.Next(4) > 0) body = _mutation.Of(body, Encoding.UTF8.GetBytes(_json.Event()));
        var content = Packed(body, out var isPacked);
        content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(15) == 0 ? ContentTypes[_random.Next(ContentTypes.Length)] : lines > 1 ? "application/x-ndjson" : "application/json");
        if (isPacked) content.Headers.ContentEncoding.Add("gzip");
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/v1/audit/events{(_random.Next(3) == 0 ? "?results=true" : "")}") { Content = content });
    }

    private ByteArrayContent Packed(byte[] body, out bool isPacked)
    {
        isPacked = _random.Next(8) == 0;
        if (!isPacked) return new ByteArrayContent(body);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return new ByteArrayContent(_random.Next(2) == 0 ? packed.ToArray() : _mutation.Of(packed.ToArray(), body));
    }

    private async Task QueryAsync()
    {
        var (filter, token) = (_query.Filter(), _token);
        if (_random.Next(2) == 0) filter = _mutation.Of(filter, _query.Filter());
        if (_random.Next(2) == 0) token = _mutation.Of(token, filter);
        var path = _query.Path(filter, token, _size);
        await GetAsync(_random.Next(6) == 0 ? _mutation.Of(path, _path) : path);
        _path = path;
    }

    private async Task ConfigureAsync()
    {
        var body = _json.Destination();
        if (_random.Next(2) == 0) body = _mutation.Of(body, _json.Destination());
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        switch (_random.Next(8))
        {
            case 0: await SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/access/keys") { Content = content }); break;
            case 1: await GetAsync($"/v1/audit/siem/{_destination}/{new[] { "attempts", "gaps", "dead-letters" }[_random.Next(3)]}?page_size={_random.Next(2_000)}&page_token={Uri.EscapeDataString(_token)}"); break;
            case < 4: await SendAsync(new HttpRequestMessage(HttpMethod.Put, $"/v1/audit/siem/{_destination}") { Content = content }); break;
            case < 6: await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/audit/siem/{_destination}")); break;
            default: await SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/audit/siem") { Content = content }); break;
        }
    }

    private Task SendHeadersAsync()
    {
        var request = new HttpRequestMessage(new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Patch, new HttpMethod("X"), HttpMethod.Delete }[_random.Next(6)], "/v1/audit/events?page_size=3");
        for (var headers = 1 + _random.Next(3); headers > 0; headers--)
        {
            var value = _mutation.Of(_token.Length > 0 ? _token : "value", _path).Where(c => c is not ('\r' or '\n' or '\0')).Take(4_000);
            request.Headers.TryAddWithoutValidation(HeaderNames[_random.Next(HeaderNames.Length)], string.Concat(value.Select(c => c > 0x7F ? '?' : c)));
        }

        return SendAsync(request);
    }

    private Task GetAsync(string path)
    {
        path = path.Length > 0 && path[0] == '/' ? path : "/" + path;
        if (path.Contains("live", StringComparison.OrdinalIgnoreCase)) return Task.CompletedTask;   // it answers for ever when it is asked well
        return Uri.TryCreate(client.Http.BaseAddress + path[1..], UriKind.Absolute, out var uri) ? SendAsync(new HttpRequestMessage(HttpMethod.Get, uri)) : Task.CompletedTask;
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        var (what, clock) = ($"{request.Method} {request.RequestUri}", Stopwatch.StartNew());
        if (request.Content is StringContent text) what += " " + await text.ReadAsStringAsync();
        var answer = await client.SendAsync(request);
        Slowest = clock.Elapsed > Slowest ? clock.Elapsed : Slowest;
        var status = (int)answer.Status;
        Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        Assert.True(status is >= 200 and < 500 and not (429 or 499), $"{status} for {what}: {answer.Text}");
        Assert.True(clock.Elapsed < LongestAnswer, $"{what} took {clock.Elapsed}");
        Remember(answer, request, what);
    }

    private void Remember(Answer answer, HttpRequestMessage request, string what)
    {
        if (answer.Text.Length == 0 || request.Method == HttpMethod.Head || answer.Text[0] != '{' || answer.Text.Contains("\n{", StringComparison.Ordinal)) return;
        var json = JsonNode.Parse(answer.Text)!;
        Assert.True(answer.IsSuccess || json["code"] is not null, $"A refusal without a code for {what}: {answer.Text}");
        if (json is not JsonObject) return;
        if (json["accepted"] is { } accepted) Accepted += (long)accepted;
        if (json["last_sequence"] is { } sequence) _size = (long)sequence;
        if (json["next_page_token"] is JsonValue token) _token = (string)token!;
        if (request.Method == HttpMethod.Post && json["id"] is JsonValue id && json["provider"] is not null) _destination = (string)id!;
    }
}
