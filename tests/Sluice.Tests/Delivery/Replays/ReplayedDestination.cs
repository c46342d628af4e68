using System.Text;
using Sluice.Delivery;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Replays;

/// <summary>One request as the destination saw it.</summary>
/// <param name="ReplayId">Null on the live stream.</param>
internal sealed record Request(string? ReplayId, string Key, IReadOnlyList<string> Ids, DateTimeOffset At, bool IsTaken)
{
    public bool IsReplay => ReplayId is not null;
}

/// <summary>A destination that tells replays from the live stream, and remembers both.</summary>
internal sealed class ReplayedDestination
{
    private readonly Lock _lock = new();
    private readonly List<Request> _requests = [];

    /// <summary>Of an event, on the live stream or of a replay.</summary>
    public Func<string, bool, DeliveryResult> Answer { get; set; } = (_, _) => ScriptedDestination.Delivered;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How often it was opened, and how often closed.</summary>
    public int Opened, Closed;

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    public IReadOnlyList<string> Live => [.. Requests.Where(request => request is { IsReplay: false, IsTaken: true }).SelectMany(request => request.Ids)];

    public IReadOnlyList<string> Replayed => [.. Requests.Where(request => request is { IsReplay: true, IsTaken: true }).SelectMany(request => request.Ids)];

    public DestinationKind Kind(int events = 5) => DestinationKind.For<ScriptedSettings>("scripted", new BatchLimits(events, 1_000_000), (_, _) => new Connection(this));

    private DeliveryResult Send(EventBatch batch)
    {
        var ids = Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i].Head.Id)).ToArray();
        var worst = ids.Select(id => Answer(id, batch.ReplayId is not null)).FirstOrDefault(answer => answer is not DeliveryResult.Delivered);
        lock (_lock) _requests.Add(new Request(batch.ReplayId, batch.Key, ids, Time.GetUtcNow(), worst is null));
        return worst ?? ScriptedDestination.Delivered;
    }

    private sealed class Connection : IDestination
    {
        private readonly ReplayedDestination _destination;

        public Connection(ReplayedDestination destination)
        {
            _destination = destination;
            Interlocked.Increment(ref destination.Opened);
        }

        public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation) => ValueTask.FromResult(_destination.Send(batch));

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref _destination.Closed);
            return ValueTask.CompletedTask;
        }
    }
}
