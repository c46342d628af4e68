using System.Collections.Concurrent;

namespace Sluice.Delivery;

/// <summary>When something was last said of each of many things.</summary>
internal sealed class Moments(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _at = new(StringComparer.Ordinal);

    public void Note(string id) => _at[id] = time.GetTimestamp();

    /// <summary>It was said, and no longer ago than this.</summary>
    public bool IsWithin(string id, TimeSpan span)
    {
        if (!_at.TryGetValue(id, out var at)) return false;
        if (time.GetElapsedTime(at) < span) return true;
        _at.TryRemove(new KeyValuePair<string, long>(id, at));
        return false;
    }

    /// <summary>It has been so for longer than this.</summary>
    public bool IsOver(string id, TimeSpan span) => _at.TryGetValue(id, out var at) && time.GetElapsedTime(at) >= span;

    /// <summary>Remembers since when each of these is so, and forgets all others.</summary>
    public void Keep(IEnumerable<string> ids)
    {
        var now = time.GetTimestamp();
        var kept = ids.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _at.Keys.Where(id => !kept.Contains(id))) _at.TryRemove(gone, out _);
        foreach (var id in kept) _at.TryAdd(id, now);
    }
}
