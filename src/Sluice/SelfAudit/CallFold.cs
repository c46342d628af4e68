using System.Net;

namespace Sluice.SelfAudit;

/// <summary>What calls of one caller within one second have in common, and how many there were.</summary>
public sealed class CallFold(long second)
{
    private const int MostAddresses = 8;

    private readonly List<IPAddress> _addresses = [];

    /// <summary>In seconds since 1970.</summary>
    public long Second { get; } = second;

    public long Calls { get; private set; }

    public long Events { get; private set; }

    public long Rejected { get; private set; }

    public long StartedAt { get; private set; } = long.MaxValue;

    public long EndedAt { get; private set; }

    /// <summary>From where they came, the first few.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses;

    public string? UserAgent { get; private set; }

    internal void Add(in FoldedCall call)
    {
        Calls++;
        Events += call.Events;
        Rejected += call.Rejected;
        StartedAt = Math.Min(StartedAt, call.StartedAt);
        EndedAt = Math.Max(EndedAt, call.EndedAt);
        UserAgent ??= call.UserAgent;
        if (call.From is { } from && _addresses.Count < MostAddresses && !_addresses.Contains(from)) _addresses.Add(from);
    }
}

/// <summary>One call that is folded. Times are nanoseconds since 1970.</summary>
public readonly record struct FoldedCall(IPAddress? From, string? UserAgent, long StartedAt, long EndedAt, int Events = 0, int Rejected = 0);

/// <summary>Folds calls to one record a second for each caller. What a second had is handed on once it is over.</summary>
/// <typeparam name="TKey">Tells callers apart.</typeparam>
/// <param name="most">Callers that are told apart at a time; beyond that, what there is is handed on early.</param>
public sealed class CallFolds<TKey>(int most = 10_000)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, CallFold> _open = [];

    /// <returns>The caller's fold that is over by this call; null for none.</returns>
    public CallFold? Add(TKey key, in FoldedCall call)
    {
        var second = call.EndedAt / 1_000_000_000;
        lock (_gate)
        {
            var over = default(CallFold);
            if (_open.TryGetValue(key, out var fold) && fold.Second < second) (over, fold) = (fold, null);
            if (fold is null) _open[key] = fold = new CallFold(second);
            fold.Add(call);
            return over;
        }
    }

    /// <summary>Takes out what no call can be added to any more.</summary>
    public IReadOnlyList<(TKey Key, CallFold Fold)> TakeOver(long second)
    {
        lock (_gate)
        {
            var all = _open.Count > most;
            var over = _open.Where(open => all || open.Value.Second < second).Select(open => (open.Key, open.Value)).ToList();
            foreach (var (key, _) in over) _open.Remove(key);
            return over;
        }
    }
}
