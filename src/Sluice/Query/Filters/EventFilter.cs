using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Query.Filters;

/// <summary>
/// A filter in the language of queries and destinations, ready to judge events. It keeps nothing between them and may be used by many threads.
/// </summary>
public sealed class EventFilter
{
    /// <summary>Longest text, in UTF-8 bytes.</summary>
    public const int MaxBytes = 4096;

    private readonly FilterNode _root;
    private readonly FilterTerm[] _computed;
    private readonly TermTree _ofBody;

    private EventFilter(string text, FilterNode root, IReadOnlyList<FilterTerm> terms)
    {
        (Text, _root) = (text, root);
        _computed = terms.Where(IsComputed).ToArray();
        _ofBody = new TermTree(terms.Where(term => !IsComputed(term)));
    }

    /// <summary>As its user wrote it.</summary>
    public string Text { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out EventFilter? filter, [NotNullWhen(false)] out FilterProblem? problem) =>
        TryParse(text, FilterNames.Sluice, out filter, out problem);

    /// <param name="names">How the filter's user calls the members of events.</param>
    public static bool TryParse(string text, FilterNames names, [NotNullWhen(true)] out EventFilter? filter, [NotNullWhen(false)] out FilterProblem? problem)
    {
        (filter, problem) = (null, null);
        try
        {
            if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
                throw new FilterSyntaxException(FirstBeyond(text), $"at most {MaxBytes} bytes", $"A filter has at most {MaxBytes} bytes.");
            filter = Parse(text, names);
            return true;
        }
        catch (FilterSyntaxException fault)
        {
            problem = new FilterProblem(ColumnOf(text, fault.At), fault.Expected, fault.Message);
            return false;
        }
    }

    /// <summary>A filter that a call has put together from parameters whose sizes it has judged: it may be longer than what users write.</summary>
    public static EventFilter Compose(string text) => Parse(text, FilterNames.Sluice);

    /// <summary>A text as the filter language quotes it.</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public bool Matches(in StoredEvent stored)
    {
        ulong holding = 0;
        foreach (var term in _computed)
            if (Holds(term, stored)) holding |= term.Bit;
        if (!_ofBody.IsEmpty) holding |= _ofBody.Holding(stored.Body.Span);
        return _root.Holds(holding);
    }

    /// <summary>What to ask an index for. Every event that matches is among its candidates.</summary>
    /// <param name="tenant">The tenant behind whose wall the question is asked: narrows the candidates to its events.</param>
    public IndexTerm ToIndexTerm(string? tenant = null)
    {
        if (tenant is null) return FilterIndexTerms.Of(_root, null);
        var hash = KeyHash.Of(Encoding.UTF8.GetBytes(tenant));
        return FilterIndexTerms.All([FilterIndexTerms.Tenant(hash), FilterIndexTerms.Of(_root, hash)]);
    }

    /// <summary>Sequences outside of these cannot match: from First up to, not including, End.</summary>
    public (long First, long End) SequenceBounds() => FilterBounds.OfSequence(_root);

    /// <summary>Events committed outside of these cannot match: nanoseconds since 1970, both inclusive.</summary>
    public (long From, long To) PersistedBounds() => FilterBounds.OfPersistedAt(_root);

    /// <summary>Events whose call ended, or that happened, outside of these cannot match: nanoseconds since 1970, both inclusive.</summary>
    public (long From, long To) EndedBounds() => FilterBounds.OfEndedAt(_root);

    /// <summary>Whether only this tenant's events can match.</summary>
    public bool RequiresTenant(string tenant) => Requires(_root, tenant);

    /// <summary>Whether the filter asks for this tenant's events by name, be it among others.</summary>
    public bool NamesTenant(string tenant) => Names(_root, tenant);

    /// <summary>Events that happened outside of these cannot match: nanoseconds since 1970, both inclusive.</summary>
    public (long From, long To) HappenedBounds() => FilterBounds.OfTimestamp(_root);

    private static EventFilter Parse(string text, FilterNames names)
    {
        var (root, terms) = new FilterParser(text, names).Parse();
        return new EventFilter(text, root, terms);
    }

    private static bool Requires(FilterNode node, string tenant) => node switch
    {
        FilterNode.Term { Comparison: var term } => term.Values.Length == 1 && AsksFor(term, tenant),
        FilterNode.And and => and.Parts.Any(part => Requires(part, tenant)),
        FilterNode.Or or => or.Parts.All(part => Requires(part, tenant)),
        _ => false,
    };

    private static bool Names(FilterNode node, string tenant) => node switch
    {
        FilterNode.Term { Comparison: var term } => AsksFor(term, tenant),
        FilterNode.And and => and.Parts.Any(part => Names(part, tenant)),
        FilterNode.Or or => or.Parts.Any(part => Names(part, tenant)),
        _ => false,
    };

    private static bool AsksFor(FilterTerm term, string tenant) =>
        term.Field.Is("tenant_id")
        && term.Operator is FilterOperator.Equal or FilterOperator.In
        && term.Values.Any(value => value.Utf8.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(tenant)));

    private static bool IsComputed(FilterTerm term) => term.Field.Is("sequence") || term.Field.Is("persisted_at") || term.Field.Is("integrity_hash") || term.Field.Is(FilterField.EndedAtName);

    private static bool Holds(FilterTerm term, in StoredEvent stored)
    {
        if (term.Field.Is("sequence")) return term.HoldsNumber(stored.Sequence);
        Span<byte> text = stackalloc byte["sha256:".Length + 2 * Digest.Size];
        if (!term.Field.Is("integrity_hash"))
        {
            Timestamp.Write(term.Field.Is("persisted_at") ? stored.PersistedAt : BodyTimes.EndedAt(stored.Body.Span), text);
            return term.HoldsText(text[..Timestamp.Length]);
        }

        Span<byte> digest = stackalloc byte[Digest.Size];
        stored.Digest.CopyTo(digest);
        "sha256:"u8.CopyTo(text);
        Convert.TryToHexStringLower(digest, text["sha256:".Length..], out _);
        return term.HoldsText(text);
    }

    private static int ColumnOf(string text, int at)
    {
        var column = 1;
        foreach (var _ in text.AsSpan(0, at).EnumerateRunes()) column++;
        return column;
    }

    private static int FirstBeyond(string text)
    {
        var (bytes, at) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes) break;
            at += rune.Utf16SequenceLength;
        }

        return at;
    }
}
