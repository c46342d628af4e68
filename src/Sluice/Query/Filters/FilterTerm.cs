using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Sluice.Query.Filters;

internal enum FilterOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Prefix,
    Contains,
    In,
}

/// <summary>One comparison of a filter.</summary>
/// <param name="Number">Its place among the filter's terms, which is its bit in a set of them.</param>
internal sealed record FilterTerm(int Number, FilterField Field, FilterOperator Operator, FilterValue[] Values)
{
    public ulong Bit => 1UL << Number;

    public bool HoldsWhenAbsent => Operator == FilterOperator.NotEqual;

    /// <summary>Compares with the value that the reader stands on. Arrays are not its matter.</summary>
    public bool Holds(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when !reader.ValueIsEscaped => HoldsText(reader.ValueSpan),
        JsonTokenType.String => HoldsEscaped(ref reader),
        JsonTokenType.Number when Utf8Parser.TryParse(reader.ValueSpan, out double number, out _) => HoldsNumber(number),
        JsonTokenType.True or JsonTokenType.False => HoldsBoolean(reader.TokenType == JsonTokenType.True),
        _ => HoldsWhenAbsent,
    };

    public bool HoldsText(ReadOnlySpan<byte> text)
    {
        foreach (var value in Values)
            if (value.ComparesText && Compares(text, value.Utf8)) return true;
        return Operator == FilterOperator.NotEqual && !Values[0].ComparesText;
    }

    public bool HoldsNumber(double number)
    {
        foreach (var value in Values)
            if (value.Number is { } wanted && Decides(wanted.CompareStored(number))) return true;
        return Operator == FilterOperator.NotEqual && Values[0].Number is null;
    }

    private bool HoldsBoolean(bool stored)
    {
        foreach (var value in Values)
            if (value.Boolean == stored && Operator is FilterOperator.Equal or FilterOperator.In) return true;
        return Operator == FilterOperator.NotEqual && Values[0].Boolean != stored;
    }

    private bool Compares(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted) => Operator switch
    {
        FilterOperator.Equal or FilterOperator.In => text.SequenceEqual(wanted),
        FilterOperator.NotEqual => !text.SequenceEqual(wanted),
        FilterOperator.Prefix => text.StartsWith(wanted),
        FilterOperator.Contains => text.IndexOf(wanted) >= 0,
        _ => Decides(text.SequenceCompareTo(wanted)),
    };

    private bool Decides(int order) => Operator switch
    {
        FilterOperator.Equal or FilterOperator.In => order == 0,
        FilterOperator.NotEqual => order != 0,
        FilterOperator.Greater => order > 0,
        FilterOperator.GreaterOrEqual => order >= 0,
        FilterOperator.Less => order < 0,
        FilterOperator.LessOrEqual => order <= 0,
        _ => false,
    };

    private bool HoldsEscaped(ref Utf8JsonReader reader)
    {
        var length = reader.ValueSpan.Length;
        var rented = length > 512 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var plain = rented ?? stackalloc byte[512];
        var holds = HoldsText(plain[..reader.CopyString(plain)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return holds;
    }
}
