using Sluice.Events;

namespace Sluice.Ingest;

/// <summary>What a request holds: the events that passed, ready to append, and those that did not, each with the reason.</summary>
/// <param name="bodyBytes">Length of the request's body.</param>
public sealed class ParsedRequest(int bodyBytes) : IDisposable
{
    /// <remarks>A stored body is a little longer than what was sent: salt, category, nine digits of a second.</remarks>
    public AcceptedBatch Accepted { get; } = new(bodyBytes + (bodyBytes / 4));

    public List<RejectedEvent> Rejected { get; } = [];

    /// <summary>Events read, the rejected ones included.</summary>
    public int Count { get; internal set; }

    /// <summary>The body was one object: its answer carries that event's own status.</summary>
    public bool IsSingle { get; internal set; }

    /// <summary>Set when the request as a whole cannot be read.</summary>
    public RequestRefusal? Refusal { get; internal set; }

    public void Dispose() => Accepted.Dispose();
}
