using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Cluster;

/// <summary>Sends one event after the other to one node and takes the time of every answer: trouble must be said within a second.</summary>
internal sealed class Prober : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<(HttpStatusCode Status, TimeSpan Time, string? RetryAfter)> _answers = new();
    private readonly SluiceClient _client;
    private readonly Task _running;

    public Prober(SluiceClient client, string name)
    {
        _client = client.With(SluiceProcess.AdminKey);
        _running = Task.Run(() => RunAsync(name));
    }

    public IReadOnlyList<(HttpStatusCode Status, TimeSpan Time, string? RetryAfter)> Refusals => [.. _answers.Where(answer => answer.Status != HttpStatusCode.OK)];

    public int Stored => _answers.Count(answer => answer.Status == HttpStatusCode.OK);

    /// <summary>The longest time that an answer of 503 took.</summary>
    public TimeSpan SlowestRefusal => Refusals.Select(answer => answer.Time).DefaultIfEmpty().Max();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(string name)
    {
        for (var i = 0; !_stopping.IsCancellationRequested; i++)
        {
            var clock = Stopwatch.StartNew();
            var answer = await _client.PostEventAsync($$$"""{"id":"{{{name}}}-{{{i}}}","action":"probe.sent","outcome":"success","actor":{"type":"service","id":"probe"}}""");
            _answers.Enqueue((answer.Status, clock.Elapsed, answer.RetryAfter));
            await Task.Delay(TimeSpan.FromMilliseconds(30), CancellationToken.None);
        }
    }
}
