using System.Text;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Tests.Fakes;

internal sealed record ScriptedSettings : IDestinationSettings
{
    public Secret? Token { get; init; }

    public string? Remark { get; init; }
}

/// <summary>A destination that does what its test says, and remembers what it took.</summary>
internal sealed class ScriptedDestination : IDestination
{
    private readonly Lock _lock = new();
    private readonly List<string> _taken = [];
    private readonly List<string[]> _calls = [];

    public static readonly DeliveryResult Delivered = new DeliveryResult.Delivered();
    public static readonly DeliveryResult Outage = new DeliveryResult.TryLater("It is down.", Sluice.Streams.ErrorClass.Server);
    public static readonly DeliveryResult Refused = new DeliveryResult.Refused("It does not like that.");

    public Func<IReadOnlyList<string>, DeliveryResult> Answer { get; set; } = _ => Delivered;

    public List<string> Keys { get; } = [];

    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_lock) return [.. _taken];
        }
    }

    /// <summary>The ids of each call's events.</summary>
    public IReadOnlyList<string[]> Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    public DestinationKind Kind(int events = 100, int bytes = 1_000_000) =>
        DestinationKind.For<ScriptedSettings>("scripted", new BatchLimits(events, bytes), (_, _) => this);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var ids = Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i].Head.Id)).ToArray();
        var answer = Answer(ids);
        lock (_lock)
        {
            Keys.Add(batch.Key);
            _calls.Add(ids);
            if (answer is DeliveryResult.Delivered) _taken.AddRange(ids);
            if (answer is DeliveryResult.PartlyRefused partly) _taken.AddRange(ids.Where((_, i) => partly.Events.All(refused => refused.Index != i)));
        }

        return ValueTask.FromResult(answer);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
