using System.Runtime.InteropServices;
using System.Text;
using Sluice.Events;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>Counts events in groups: by the values of some members, by the interval in which they happened, or both.</summary>
/// <param name="fields">Paths of the members to group by.</param>
/// <param name="interval">Width in nanoseconds; 0 for no intervals.</param>
/// <param name="ahead">How far the clocks that intervals begin by are ahead of UTC, in nanoseconds.</param>
public sealed class EventStats(IReadOnlyList<IReadOnlyList<string>> fields, long interval, long ahead = 0)
{
    public const int MaxFields = 3;
    public const int MaxGroups = 10_000;

    /// <summary>Values that tell groups apart may be long; all of them together are not.</summary>
    private const int MaxKeyBytes = 16 << 20;

    private static readonly string[] Unique = ["sequence", "persisted_at", "integrity_hash", "salt"];

    private readonly MemberReader _members = new([.. fields, ["timestamp"]]);
    private readonly Dictionary<byte[], StatsGroup> _groups = new(BytesComparer.Instance);
    private readonly List<byte> _key = [];
    private readonly Range[] _found = new Range[fields.Count + 1];
    private int _keyBytes;

    /// <summary>Events counted, those included that have no group in the answer.</summary>
    public long Total { get; private set; }

    /// <summary>Whether there were more groups than the answer may have.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Earlier intervals first, then larger groups.</summary>
    public IEnumerable<StatsGroup> Groups => _groups.OrderBy(group => group.Value.Start).ThenByDescending(group => group.Value.Count)
        .ThenBy(group => group.Key, BytesComparer.Instance).Select(group => group.Value);

    /// <summary>Reads a field as filters name it. What every event has of its own is none to group by.</summary>
    public static bool TryParseField(string text, out IReadOnlyList<string> path)
    {
        path = text.Split('.');
        return FilterField.Find(path, out _) is { } field && !Unique.Contains(field.Name);
    }

    public void Add(in StoredEvent stored)
    {
        Total++;
        var body = stored.Body.Span;
        _members.Read(body, _found);
        var start = interval > 0 ? StartOf(body[_found[^1]]) : 0;
        MakeKey(body, start);
        var groups = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (groups.TryGetValue(CollectionsMarshal.AsSpan(_key), out var group)) group.Count++;
        else if (_groups.Count == MaxGroups || _keyBytes + _key.Count > MaxKeyBytes) Truncated = true;
        else AddGroup(body, start);
    }

    private void AddGroup(ReadOnlySpan<byte> body, long start)
    {
        var values = new string[fields.Count];
        for (var i = 0; i < values.Length; i++) values[i] = IsAbsent(_found[i]) ? "null" : Encoding.UTF8.GetString(body[_found[i]]);
        _keyBytes += _key.Count;
        _groups.Add(_key.ToArray(), new StatsGroup(values, interval > 0 ? start : null) { Count = 1 });
    }

    /// <summary>The interval's start and the values as they are spelled; no value has a line break outside of its quotes' escapes.</summary>
    private void MakeKey(ReadOnlySpan<byte> body, long start)
    {
        _key.Clear();
        _key.AddRange(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in start)));
        for (var i = 0; i < fields.Count; i++)
        {
            _key.AddRange(IsAbsent(_found[i]) ? "null"u8 : body[_found[i]]);
            _key.Add((byte)'\n');
        }
    }

    private long StartOf(ReadOnlySpan<byte> quoted)
    {
        _ = Timestamp.TryParse(quoted[1..^1], out var time);
        return time - (((time + ahead) % interval + interval) % interval);
    }

    private static bool IsAbsent(Range range) => range.Equals(default);
}
