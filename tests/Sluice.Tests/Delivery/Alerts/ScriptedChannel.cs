using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Alerts;
using Sluice.Secrets;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Alerts;

/// <summary>An operator who takes alerts as the test says.</summary>
internal sealed class ScriptedChannel : IAlertChannel
{
    private readonly Lock _lock = new();
    private readonly List<(string Id, JsonObject Body)> _taken = [];
    private int _calls;

    public DeliveryResult Answer
    {
        set => AnswerTo = _ => value;
    }

    public Func<JsonObject, DeliveryResult> AnswerTo { get; set; } = _ => ScriptedDestination.Delivered;

    public SecretMask Mask { get; } = new(["channel-token"]);

    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<(string Id, JsonObject Body)> Taken
    {
        get
        {
            lock (_lock) return [.. _taken];
        }
    }

    public IEnumerable<string> Types => Taken.Select(alert => (string)alert.Body["type"]!);

    public ValueTask<DeliveryResult> TellAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _calls);
        var alert = JsonNode.Parse(body.Span)!.AsObject();
        var answer = AnswerTo(alert);
        if (answer is DeliveryResult.Delivered)
        {
            lock (_lock) _taken.Add((id, alert));
        }

        return ValueTask.FromResult(answer);
    }

    public void Dispose()
    {
    }
}
