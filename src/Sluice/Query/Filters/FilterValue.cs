using System.Text;
using Sluice.Events;

namespace Sluice.Query.Filters;

/// <summary>A value of a filter, made ready for the field that it is compared with.</summary>
internal sealed class FilterValue
{
    private FilterValue(string text) => Utf8 = Encoding.UTF8.GetBytes(text);

    /// <summary>What a text is compared with.</summary>
    public byte[] Utf8 { get; }

    public bool ComparesText { get; private init; }

    /// <summary>What a number is compared with; null when none is.</summary>
    public FilterNumber? Number { get; private init; }

    public bool? Boolean { get; private init; }

    /// <summary>Nanoseconds since 1970, of a value for a time.</summary>
    public long Time { get; private init; }

    public static FilterValue For(FieldKind field, FilterToken token, bool searchesText) => field switch
    {
        FieldKind.Time => OfTime(token),
        FieldKind.Number => OfNumber(token),
        FieldKind.Text => new FilterValue(token.Text) { ComparesText = true },
        _ => searchesText ? new FilterValue(token.Text) { ComparesText = true } : OfAnything(token),
    };

    /// <summary>A stored time has one spelling, so times are compared as texts once the filter's is spelled the same.</summary>
    private static FilterValue OfTime(FilterToken token) =>
        Timestamp.TryParse(token.Text, out var time)
            ? new FilterValue(Timestamp.Text(time)) { ComparesText = true, Time = time }
            : throw Refused(token, "a time such as \"2026-03-15T08:42:17Z\"");

    private static FilterValue OfNumber(FilterToken token) =>
        FilterNumber.TryParse(token.Text, out var number)
            ? new FilterValue(token.Text) { Number = number }
            : throw Refused(token, "a number");

    private static FilterValue OfAnything(FilterToken token)
    {
        if (token.Kind == TokenKind.Name) return new FilterValue(token.Text) { Boolean = token.Is("true") };
        FilterNumber? number = FilterNumber.TryParse(token.Text, out var spelled) ? spelled : null;
        return new FilterValue(token.Text) { ComparesText = token.Kind == TokenKind.Quoted, Number = number };
    }

    private static FilterSyntaxException Refused(FilterToken token, string expected) => new(token.At, expected, $"Expected {expected}.");
}
