using Sluice.Events;

namespace Sluice.Storage;

/// <summary>What an index is asked for: the part of a filter that keys and times can answer.</summary>
public abstract record IndexTerm
{
    private IndexTerm()
    {
    }

    /// <summary>Nothing narrows it: every event is a candidate.</summary>
    public sealed record Everything : IndexTerm
    {
        public static Everything Instance { get; } = new();
    }

    /// <summary>Events whose key of this kind has this hash.</summary>
    public sealed record Key(IndexKind Kind, ulong Hash) : IndexTerm;

    /// <summary>Events of this id in whichever tenant.</summary>
    public sealed record AnyTenantId(string Id) : IndexTerm;

    /// <summary>Events whose time of this kind lies in <c>[From, To]</c>, in nanoseconds.</summary>
    public sealed record Time(long From, long To, TimeKind Kind = TimeKind.Timestamp) : IndexTerm;

    public sealed record All(IReadOnlyList<IndexTerm> Terms) : IndexTerm;

    public sealed record Any(IReadOnlyList<IndexTerm> Terms) : IndexTerm;
}
