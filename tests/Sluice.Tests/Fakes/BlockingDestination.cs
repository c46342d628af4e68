using System.Text;
using Sluice.Delivery;

namespace Sluice.Tests.Fakes;

/// <summary>A destination that takes what it is sent, but answers only when it is let, and cannot be told to break off.</summary>
internal sealed class BlockingDestination : IDestination
{
    private readonly Lock _lock = new();
    private readonly List<string> _taken = [];
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something was sent.</summary>
    public Task Asked => _asked.Task;

    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_lock) return [.. _taken];
        }
    }

    public void Answer() => _answer.TrySetResult();

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        lock (_lock) _taken.AddRange(Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i].Head.Id)));
        _asked.TrySetResult();
        await _answer.Task;
        return ScriptedDestination.Delivered;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
