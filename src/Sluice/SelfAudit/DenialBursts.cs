using System.Collections.Concurrent;

namespace Sluice.SelfAudit;

/// <summary>Notices when somebody is denied many times in a short time. It says so once, and again only after a window without a burst.</summary>
public sealed class DenialBursts(SelfAuditSettings settings)
{
    private const int MostSubjects = 10_000;

    private readonly ConcurrentDictionary<string, Count> _subjects = new(StringComparer.Ordinal);

    private long Window => settings.DenialWindow.Ticks * 100;

    /// <param name="subject">The key, or the address without one.</param>
    /// <param name="at">In nanoseconds since 1970.</param>
    /// <returns>How many there were, when this one makes a burst of them; else null.</returns>
    public long? Denied(string subject, long at)
    {
        if (settings.DenialBurst == 0) return null;
        if (_subjects.Count >= MostSubjects) Forget(at);
        if (_subjects.Count >= MostSubjects && !_subjects.ContainsKey(subject)) return null;
        var count = _subjects.GetOrAdd(subject, _ => new Count());
        lock (count) return Counted(count, at);
    }

    private long? Counted(Count count, long at)
    {
        if (at - count.Since > Window)
        {
            if (count.Denials < settings.DenialBurst) count.IsTold = false;
            (count.Since, count.Denials) = (at, 0);
        }

        if (++count.Denials < settings.DenialBurst || count.IsTold) return null;
        count.IsTold = true;
        return count.Denials;
    }

    private void Forget(long at)
    {
        foreach (var (subject, count) in _subjects)
        {
            if (at - count.Since > Window) _subjects.TryRemove(subject, out _);
        }
    }

    private sealed class Count
    {
        public long Since { get; set; }

        public long Denials { get; set; }

        public bool IsTold { get; set; }
    }
}
