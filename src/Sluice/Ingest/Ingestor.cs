using System.Collections.Concurrent;
using Sluice.Events;

namespace Sluice.Ingest;

/// <summary>The way in: bytes of a request become verdicts, and the stored events are on the disk by then.</summary>
public sealed class Ingestor(IngestQueue queue, TimeProvider time)
{
    private readonly ConcurrentBag<RequestParser> _parsers = [];

    /// <summary>Judges every event of a body. Nothing is stored yet.</summary>
    public ParsedRequest Parse(ReadOnlySpan<byte> body, bool lines, EventScope scope)
    {
        if (!_parsers.TryTake(out var parser)) parser = new RequestParser(time);
        try
        {
            return parser.Parse(body, lines, scope);
        }
        finally
        {
            _parsers.Add(parser);
        }
    }

    /// <summary>Appends what passed; afterwards each accepted event carries its verdict.</summary>
    /// <returns>False when the write queue is full and nothing was stored.</returns>
    public async ValueTask<bool> TryAppendAsync(ParsedRequest request)
    {
        if (request.Accepted.Count == 0) return true;
        if (!queue.TryEnqueue(request.Accepted, out var committed)) return false;
        await committed;
        return true;
    }
}
