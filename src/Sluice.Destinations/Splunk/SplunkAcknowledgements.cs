using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Streams;

namespace Sluice.Destinations.Splunk;

/// <summary>
/// Asks Splunk, as long as something waits, which of the requests that it took are indexed. It forgets a <c>true</c> once it has said it, so an answer that
/// is lost costs sending the batch again.
/// </summary>
/// <param name="ask">Asks about these requests.</param>
internal sealed class SplunkAcknowledgements(Func<IReadOnlyCollection<long>, CancellationToken, ValueTask<HttpAnswer>> ask, TimeProvider time) : IAsyncDisposable
{
    /// <summary>As often as Splunk advises.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(10);

    /// <summary>What is not indexed by then is sent again: the indexer may have lost it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int AcknowledgementIsOff = 14;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Pending> _pending = [];
    private readonly CancellationTokenSource _disposing = new();
    private Task _asking = Task.CompletedTask;

    /// <summary>Ends with whether the request was indexed.</summary>
    public Task<DeliveryResult> Of(long request)
    {
        lock (_lock)
        {
            // Numbers begin anew when Splunk restarts: what has the number of an older request is not told apart from it.
            if (_pending.Remove(request, out var older)) older.End(NotIndexed("Splunk counts its requests anew, and has not said whether it indexed this one."));
            var pending = new Pending(time.GetTimestamp());
            _pending[request] = pending;
            if (_asking.IsCompleted) _asking = AskAsync();   // its wait has begun when this returns
            return pending.Outcome;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var pending in _pending.Values) pending.Cancel();
        _disposing.Dispose();
    }

    private async Task AskAsync()
    {
        do
        {
            await Task.Delay(AskEvery, time, _disposing.Token);
            await AskOnceAsync();
        }
        while (HasMore());
    }

    private async Task AskOnceAsync()
    {
        long[] requests;
        lock (_lock) requests = [.. _pending.Keys];
        using var timeout = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _disposing.Token);
        try
        {
            Take(await ask(requests, either.Token), requests);
        }
        catch (Exception) when (!_disposing.IsCancellationRequested)
        {
            // It is asked again; what goes on for too long is sent again, and then the trouble shows.
        }
    }

    private void Take(HttpAnswer answer, long[] requests)
    {
        if (answer.IsSuccess) End(SplunkAnswer.Indexed(answer.Text), new DeliveryResult.Delivered());
        else if (SplunkAnswer.Of(answer.Text).Code == AcknowledgementIsOff)
            End(requests, NotIndexed("Indexer acknowledgement was switched off for the token: what it was waited for is sent again, and no more is waited."));
    }

    /// <returns>Whether anything waits still.</returns>
    private bool HasMore()
    {
        lock (_lock)
        {
            var late = _pending.Where(pair => time.GetElapsedTime(pair.Value.Since) >= Longest).Select(pair => pair.Key).ToList();
            End(late, new DeliveryResult.TryLater($"Splunk took it, but did not index it within {Longest.TotalMinutes} minutes.", ErrorClass.Timeout));
            // Whoever adds the next one begins anew.
            if (_pending.Count == 0) _asking = Task.CompletedTask;
            return _pending.Count > 0;
        }
    }

    private void End(IEnumerable<long> requests, DeliveryResult outcome)
    {
        lock (_lock)
        {
            foreach (var request in requests)
            {
                if (_pending.Remove(request, out var pending)) pending.End(outcome);
            }
        }
    }

    private static DeliveryResult.TryLater NotIndexed(string reason) => new(reason, ErrorClass.Server);

    private sealed class Pending(long since)
    {
        private readonly TaskCompletionSource<DeliveryResult> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Since => since;

        public Task<DeliveryResult> Outcome => _outcome.Task;

        public void End(DeliveryResult outcome) => _outcome.TrySetResult(outcome);

        public void Cancel() => _outcome.TrySetCanceled();
    }
}
