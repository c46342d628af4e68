using System.Diagnostics;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Sending;

/// <summary>Sends a plan from one thread, and waits for every answer.</summary>
internal sealed class LoadSender : IDisposable
{
    private readonly LoadPlan _plan;
    private readonly EventSource _source;
    private readonly LoadConnection[] _connections;
    private readonly Readiness _readiness = new();
    private readonly List<SentRequest> _requests = [];
    private readonly List<LoadConnection> _putOff = [];
    private long _startedAt, _begun, _unconfirmed;
    private int _waiting, _putOffs;
    private TimeSpan _worstDelay;

    private LoadSender(LoadPlan plan, EventSource source)
    {
        (_plan, _source) = (plan, source);
        _connections = [.. Enumerable.Range(0, plan.Connections).Select(_ => new LoadConnection(plan))];
    }

    /// <summary>Sends on a thread of its own.</summary>
    /// <param name="stop">Ends a plan early, after the requests on their way.</param>
    public static Task<LoadResult> RunAsync(LoadPlan plan, EventSource source, CancellationToken stop = default) => Task.Factory.StartNew(
        () =>
        {
            using var sender = new LoadSender(plan, source);
            return sender.Run(stop);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
    }

    private LoadResult Run(CancellationToken stop)
    {
        _startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            var isOver = _begun == _plan.Events || stop.IsCancellationRequested;
            if (isOver && _waiting == 0) return new LoadResult(_startedAt, _requests, _unconfirmed, _putOffs, _worstDelay);
            if (!isOver) BeginWhatIsDue();
            var next = isOver || _plan.Rate is null ? TimeSpan.FromMilliseconds(100) : UntilNext();
            WaitAndServe(_putOff.Count > 0 ? TimeSpan.FromMilliseconds(10) : next);
        }
    }

    private void BeginWhatIsDue()
    {
        foreach (var connection in _connections)
        {
            if (!connection.IsIdle) continue;
            var events = (int)Math.Min(_plan.PerRequest, _plan.Events - _begun);
            if (events == 0 || (_plan.Rate is not null && UntilNext() > TimeSpan.Zero)) return;
            if (_plan.Rate is not null && -UntilNext() > _worstDelay) _worstDelay = -UntilNext();
            connection.Begin(_source, _plan.First + _begun, events);
            _plan.SentAt?.AsSpan((int)_begun, events).Fill(connection.StartedAt);
            _begun += events;
            _waiting++;
        }
    }

    /// <summary>Until the next request is due; negative when it is late.</summary>
    private TimeSpan UntilNext() => TimeSpan.FromSeconds((_begun + _plan.PerRequest) / _plan.Rate!.Value) - Stopwatch.GetElapsedTime(_startedAt);

    private void WaitAndServe(TimeSpan atMost)
    {
        _readiness.Clear();
        foreach (var connection in _connections) _readiness.Add(connection.Socket, connection.HasMoreToSend);
        _readiness.Wait(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero);
        SendAgain();
        for (var i = 0; i < _connections.Length; i++)
        {
            if (_connections[i].HasMoreToSend && _readiness.CanWrite(i)) _connections[i].Send();
            if (_readiness.CanRead(i) && _connections[i].TryReceive(out var answer)) Take(_connections[i], answer);
        }
    }

    private void Take(LoadConnection connection, HttpAnswer answer)
    {
        if (answer.Status is 429 or 503)
        {
            _putOff.Add(connection);
            _putOffs++;
            return;
        }

        if (answer.Status is < 200 or > 299) throw new BenchmarkException($"POST {_plan.Path} was answered {answer.Status}: {connection.AnswerText}");
        if (answer.Accepted >= 0) _unconfirmed += connection.Events - answer.Accepted;
        _plan.AnsweredAt?.AsSpan((int)(connection.First - _plan.First), connection.Events).Fill(connection.EndedAt);
        _requests.Add(new SentRequest(connection.StartedAt, connection.EndedAt, connection.Events));
        connection.Finish();
        _waiting--;
    }

    private void SendAgain()
    {
        foreach (var connection in _putOff) connection.BeginAgain();
        _putOff.Clear();
    }
}
