using System.Text;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Tests.Profiles;

namespace Sluice.Tests.Fakes;

/// <summary>A ledger in memory that a test appends to.</summary>
internal sealed class ScriptedLedger(TimeProvider time) : ILedgerReader
{
    private readonly Lock _lock = new();
    private readonly List<(byte[] Body, long PersistedAt)> _events = [];
    private TaskCompletionSource _grown = New();

    public string Name => "main";

    /// <summary>Raising it is what retention does.</summary>
    public long First { get; set; }

    /// <summary>Events that were handed out, those that were handed out again included.</summary>
    public long EventsRead { get; private set; }

    public long Size
    {
        get
        {
            lock (_lock) return _events.Count;
        }
    }

    /// <summary>What readers are told instead of events.</summary>
    public StorageUnavailableException? Closed { get; set; }

    public void ThrowIfClosedToReaders()
    {
        if (Closed is not null) throw Closed;
    }

    public void Append(params string[] bodies)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            foreach (var body in bodies) _events.Add((Encoding.UTF8.GetBytes(body), Sluice.Events.Timestamp.Now(time)));
            (grown, _grown) = (_grown, New());
        }

        grown.SetResult();
    }

    /// <summary>Appends events <c>evt_N</c>, N being their sequence.</summary>
    public void AppendMany(int count, string tenant = "t1", string action = "user.login", int padding = 0)
    {
        var first = Size;
        Append([.. Enumerable.Range(0, count).Select(i => Body(first + i, tenant, action, padding))]);
    }

    public static string Body(long sequence, string tenant = "t1", string action = "user.login", int padding = 0) =>
        $$"""{"id":"evt_{{sequence}}","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"{{tenant}}","category":"access","action":"{{action}}","outcome":"success","actor":{"type":"user","id":"u1"},"metadata":{"padding":"{{new string('x', padding)}}"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    /// <summary>An event as a profile spells it.</summary>
    public string Spelled(int sequence, string profile = "sluice")
    {
        lock (_lock)
        {
            var (body, persistedAt) = _events[sequence];
            return Telling.Spelled(profile, new StoredEvent(sequence, persistedAt, Digest.Sha256(body), body));
        }
    }

    public ValueTask ReadAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation)
    {
        lock (_lock)
        {
            for (var sequence = Math.Max(from, First); sequence < Math.Min(end, _events.Count) && page.Count < maxEvents; sequence++)
            {
                var (body, persistedAt) = _events[(int)sequence];
                if (page.Count > 0 && page.Bytes + body.Length > maxBytes) break;
                page.Add(sequence, persistedAt, Digest.Sha256(body), body);
                EventsRead++;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReadManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var sequence in sequences.Span)
            {
                var (body, persistedAt) = _events[(int)sequence];
                if (sequence >= First) page.Add(sequence, persistedAt, Digest.Sha256(body), body);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<Digest> NodeAsync(NodeId node, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask CatchUpAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public async ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (_events.Count > size) return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
