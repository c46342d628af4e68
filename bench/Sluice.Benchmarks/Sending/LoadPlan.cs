using System.Net;

namespace Sluice.Benchmarks.Sending;

/// <summary>What to send where: events from <paramref name="First"/> on, each once, over connections that are kept, one request at a time on each.</summary>
/// <param name="PerRequest">Events a request: one object when 1, else NDJSON.</param>
internal sealed record LoadPlan(IPEndPoint Server, string Key, long First, long Events, int PerRequest, int Connections)
{
    public string Path { get; init; } = "/v1/audit/events";

    /// <summary>Events a second; as fast as it goes when absent.</summary>
    public double? Rate { get; init; }

    /// <summary>When each event was sent, by its place after <see cref="First"/>, as <see cref="System.Diagnostics.Stopwatch"/> counts; filled when given.</summary>
    public long[]? SentAt { get; init; }

    /// <summary>When each event was answered; filled when given.</summary>
    public long[]? AnsweredAt { get; init; }
}
