using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Hostile;

/// <summary>More than fits: overload is said, memory stays below a bound, and what was accepted is there.</summary>
[Collection(AloneCollection.Name)]
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int Senders = 24, RequestsOfEach = 12, EventsOfARequest = 2_000;

    /// <summary>In MiB: bodies being read (65), what was read of them and waits (1 to a request's size), and what a server takes anyway.</summary>
    private const int MemoryBound = 450;

    [Fact]
    public async Task A_full_queue_says_so_and_keeps_what_it_took()
    {
        using var folder = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path, null, "--Sluice:Ingest:MaxQueuedBytes=3MiB", "--Sluice:Ingest:MaxBufferedBytes=65MiB");
        var (accepted, refusals) = (new ConcurrentBag<string>(), new ConcurrentBag<Answer>());
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(server.Client, sender, accepted, refusals))));

        output.WriteLine($"{accepted.Count} requests accepted, {refusals.Count} turned away; {server.Memory.Most} MiB at most");
        Assert.NotEmpty(accepted);
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Equal((HttpStatusCode.TooManyRequests, "busy", true), (refusal.Status, refusal.Code, int.Parse(refusal.RetryAfter ?? "0") > 0)));
        Assert.InRange(server.Memory.Most, 1, MemoryBound);
        await HoldsAsync(server.Client, accepted);
        await StopsBeingBusyAsync(server.Client);
    }

    private static async Task SendAsync(SluiceClient client, int sender, ConcurrentBag<string> accepted, ConcurrentBag<Answer> refusals)
    {
        for (var request = 0; request < RequestsOfEach; request++)
        {
            var name = $"s{sender}-r{request}";
            var answer = await client.PostLinesAsync(Body(name));
            if (!answer.IsSuccess) refusals.Add(answer);
            else if ((int)answer.Json["accepted"]! == EventsOfARequest) accepted.Add(name);
            else Assert.Fail($"A request was stored in part: {answer.Text}");
        }
    }

    private static byte[] Body(string name)
    {
        var text = new StringBuilder();
        var filler = new string('x', 500);
        for (var i = 0; i < EventsOfARequest; i++) text.Append($$$"""{"id":"{{{name}}}-{{{i}}}","action":"load.test","outcome":"success","actor":{"type":"user","id":"u"},"metadata":{"filler":"{{{filler}}}"}}""").Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Every event of the accepted requests, and none of the others.</summary>
    private static async Task HoldsAsync(SluiceClient client, ConcurrentBag<string> accepted)
    {
        var stored = new Dictionary<string, int>();
        await foreach (var one in client.ExportAsync(-1))
        {
            var id = (string)one["id"]!;
            var name = id[..id.LastIndexOf('-')];
            stored[name] = stored.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(accepted.Order(), stored.Keys.Order());
        Assert.All(stored.Values, events => Assert.Equal(EventsOfARequest, events));
    }

    private static async Task StopsBeingBusyAsync(SluiceClient client) => (await client.PostLinesAsync(Body("after"))).Expect(200);
}
