using Sluice.Events;

namespace Sluice.Ingest;

/// <summary>What a request holds: the events that passed, ready to append, and those that did not, each with the reason.</summary>
public sealed class ParsedRequest : IDisposable
{
    public AcceptedBatch Accepted { get; } = new();

    public List<RejectedEvent> Rejected { get; } = [];

    /// <summary>Events read, the rejected ones included.</summary>
    public int Count { get; internal set; }

    /// <summary>The body was one object: its answer carries that event's own status.</summary>
    public bool IsSingle { get; internal set; }

    /// <summary>Set when the request as a whole cannot be read.</summary>
    public RequestRefusal? Refusal { get; internal set; }

    public void Dispose() => Accepted.Dispose();
}
