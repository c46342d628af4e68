using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

internal enum WriterStyle
{
    Single,
    Lines,
    Gzip,
}

/// <summary>
/// Sends events without end, as a careful client does: what was not answered, or answered with a 429, 503 or 507, is sent again as it was.
/// With several nodes it tries the next one. Any other answer than "all stored" is a fault of the server.
/// </summary>
internal sealed class Writer(string name, WriterStyle style, int seed, Acknowledged acknowledged)
{
    private const int EventsOfABatch = 100;

    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>Events that were already stored when they were sent again.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Refusals that told to come back, by status.</summary>
    public Dictionary<HttpStatusCode, Answer> Refusals { get; } = [];

    public async Task RunAsync(Route route, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var (ids, body) = Batch(style == WriterStyle.Single ? 1 : EventsOfABatch);
            await UntilStoredAsync(route, ids, body, stopping);
            await Pause(TimeSpan.FromMilliseconds(_random.Next(style == WriterStyle.Single ? 4 : 80)), stopping);
        }
    }

    private async Task UntilStoredAsync(Route route, List<string> ids, byte[] body, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (await TrySendAsync(route.Now, body) is { } answer && IsStored(answer, ids.Count))
            {
                acknowledged.Add(ids);
                return;
            }

            route.Next();
            await Pause(TimeSpan.FromMilliseconds(40), stopping);
        }
    }

    private async Task<Answer?> TrySendAsync(SluiceClient client, byte[] body)
    {
        try
        {
            return style switch
            {
                WriterStyle.Single => await client.PostEventAsync(Encoding.UTF8.GetString(body)),
                WriterStyle.Lines => await client.PostLinesAsync(body),
                _ => await client.PostLinesAsync(Gzip(body), gzip: true),
            };
        }
        catch (Exception problem) when (problem is HttpRequestException or SocketException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    private bool IsStored(Answer answer, int events)
    {
        if (answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage)
        {
            Refusals[answer.Status] = answer;
            return false;
        }

        answer.Expect(200);
        var (stored, duplicates) = ((int)answer.Json["accepted"]!, (int)answer.Json["duplicates"]!);
        Assert.True(stored + duplicates == events, $"{name} sent {events} good events and was told: {answer.Text}");
        Duplicates += duplicates;
        return true;
    }

    private (List<string> Ids, byte[] Body) Batch(int events)
    {
        var (ids, text) = (new List<string>(events), new StringBuilder());
        for (var i = 0; i < events; i++)
        {
            ids.Add($"{name}-{_made++:D7}");
            text.Append(Event(ids[^1])).Append('\n');
        }

        return (ids, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private string Event(string id) => $$$"""
        {"id":"{{{id}}}","timestamp":"2026-03-15T08:42:17.{{{_random.Next(1_000_000_000):D9}}}Z","action":"document.{{{_random.Next(20)}}}","outcome":"success","actor":{"type":"user","id":"usr_{{{_random.Next(500)}}}","email":"a@example.com"},"resource":{"type":"document","id":"doc_{{{_random.Next(5000)}}}"},"source_ip":"203.0.113.{{{_random.Next(256)}}}","metadata":{"writer":"{{{name}}}","text":"{{{new string((char)('a' + _random.Next(26)), _random.Next(400))}}}"}}
        """;

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }

    private static Task Pause(TimeSpan time, CancellationToken stopping) => Task.Delay(time, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
}
