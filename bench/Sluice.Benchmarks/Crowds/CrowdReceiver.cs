using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Benchmarks.Receiving;

namespace Sluice.Benchmarks.Crowds;

/// <summary>
/// All destinations of a crowd: paths are <c>/behaviour/kind/number</c>. Healthy ones take everything at once and note when it came, the others answer late, never,
/// or that they cannot.
/// </summary>
internal sealed class CrowdReceiver : IDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    private static readonly byte[] Plain = Answer.Text("200 OK", "{}"), Collected = Answer.Text("200 OK", """{"text":"Success","code":0}""");
    private static readonly byte[] Busy = Answer.Text("429 Too Many Requests", "{}", "Retry-After: 2\r\n"), Down = Answer.Text("503 Service Unavailable", "{}");

    private readonly Socket _nobody = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Dictionary<int, byte[]> _bulkAnswers = [];
    private readonly Receiver _receiver;
    private ArrivalLog[] _logs = [];

    public CrowdReceiver()
    {
        // A port that is taken, and at which nobody listens.
        _nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _receiver = new Receiver(Take);
    }

    public IPEndPoint Address => _receiver.Address;

    /// <summary>Refuses connections.</summary>
    public IPEndPoint Nobody => (IPEndPoint)_nobody.LocalEndPoint!;

    /// <summary>Begins to watch, at each healthy destination, for a range of events.</summary>
    public IReadOnlyList<ArrivalLog> Expect(long first, long events) =>
        _logs = [.. Enumerable.Range(0, CrowdDestination.Healthy).Select(_ => new ArrivalLog(first, events, idsRecur: true))];

    public void Dispose()
    {
        _receiver.Dispose();
        _nobody.Dispose();
    }

    private Answer Take(ReadOnlySpan<byte> path, ReadOnlySpan<byte> body)
    {
        if (path.StartsWith("/slow/"u8)) return new Answer(TakenBy(path, body), Slow);
        if (path.StartsWith("/never/"u8)) return Answer.Never;
        if (path.StartsWith("/busy/"u8)) return new Answer(Busy);
        if (path.StartsWith("/down/"u8)) return new Answer(Down);
        if (Utf8Parser.TryParse(path[^3..], out int number, out _) && number < _logs.Length) _logs[number].Record(body);
        return new Answer(TakenBy(path, body));
    }

    private byte[] TakenBy(ReadOnlySpan<byte> path, ReadOnlySpan<byte> body)
    {
        if (path.IndexOf("/elastic/"u8) >= 0) return BulkAnswer(body.Count((byte)'\n') / 2);
        return path.IndexOf("/splunk/"u8) >= 0 ? Collected : Plain;
    }

    /// <summary>Elasticsearch says of each event that it was taken.</summary>
    private byte[] BulkAnswer(int events)
    {
        if (_bulkAnswers.TryGetValue(events, out var answer)) return answer;
        var items = new StringBuilder("{\"errors\":false,\"items\":[").AppendJoin(',', Enumerable.Repeat("{\"create\":{\"status\":201}}", events)).Append("]}");
        return _bulkAnswers[events] = Answer.Text("200 OK", items.ToString());
    }
}
