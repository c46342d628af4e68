using System.Text;
using Sluice.Delivery;

namespace Sluice.Tests.Fakes;

/// <summary>A destination whose every call waits until its test answers it, in whatever order.</summary>
internal sealed class OverlappingDestination : IDestination
{
    private readonly Lock _lock = new();
    private readonly List<Call> _pending = [];
    private readonly List<Call> _all = [];

    /// <summary>Calls that are under way, in the order in which they came.</summary>
    public IReadOnlyList<Call> Pending
    {
        get
        {
            lock (_lock) return [.. _pending];
        }
    }

    public IReadOnlyList<Call> All
    {
        get
        {
            lock (_lock) return [.. _all];
        }
    }

    public int MostAtOnce { get; private set; }

    public DestinationKind Kind(int events = 2, int most = 16, bool freezes = false, TimeSpan fill = default)
    {
        var kind = DestinationKind.For<ScriptedSettings>("overlapping", new BatchLimits(events, 1_000_000) { Fill = fill }, (_, _) => this).AllowingInFlight(most);
        return freezes ? kind.FreezingBatches() : kind;
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var ids = Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i].Head.Id)).ToArray();
        var bodies = string.Concat(Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i].Spelled.Span)));
        var call = new Call(batch.Key, ids, bodies);
        lock (_lock)
        {
            _pending.Add(call);
            _all.Add(call);
            MostAtOnce = Math.Max(MostAtOnce, _pending.Count);
        }

        try
        {
            return await call.Result.WaitAsync(cancellation);
        }
        finally
        {
            lock (_lock) _pending.Remove(call);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed class Call(string key, string[] ids, string bodies)
    {
        private readonly TaskCompletionSource<DeliveryResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key => key;

        public string[] Ids => ids;

        public string Bodies => bodies;

        public Task<DeliveryResult> Result => _result.Task;

        public void Answer(DeliveryResult result) => _result.TrySetResult(result);
    }
}
