using System.Buffers;
using System.Buffers.Text;
using Sluice.Events;

namespace Sluice.Profiles;

/// <summary>Writes an object member by member. Names are plain ASCII; values come as the JSON texts that they already are.</summary>
internal ref struct MemberWriter(IBufferWriter<byte> output)
{
    private bool _isFirst = true;

    public IBufferWriter<byte> Output { get; } = output;

    public void Open()
    {
        Output.Write("{"u8);
        _isFirst = true;
    }

    public void Open(ReadOnlySpan<byte> name)
    {
        Name(name);
        Open();
    }

    public void Close()
    {
        Output.Write("}"u8);
        _isFirst = false;
    }

    /// <summary>What follows is the member's value.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        var span = Output.GetSpan(name.Length + 4);
        var at = 0;
        if (!_isFirst) span[at++] = (byte)',';
        span[at++] = (byte)'"';
        name.CopyTo(span[at..]);
        at += name.Length;
        span[at++] = (byte)'"';
        span[at++] = (byte)':';
        Output.Advance(at);
        _isFirst = false;
    }

    /// <summary>The member, if there is one.</summary>
    public void Copy(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        Name(name);
        Output.Write(json);
    }

    /// <param name="otherwise">The JSON text that stands where there is no value.</param>
    public void CopyOr(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> json, ReadOnlySpan<byte> otherwise) =>
        Copy(name, json.IsEmpty ? otherwise : json);

    /// <param name="plain">A text without quotes and escapes.</param>
    public void Text(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> plain)
    {
        Name(name);
        JsonText.Write(plain, Output);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Utf8Formatter.TryFormat(value, Output.GetSpan(20), out var length);
        Output.Advance(length);
    }

    /// <summary>A time of an event with so many fraction digits; further ones are cut off.</summary>
    public void Time(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> json, int digits)
    {
        if (json.IsEmpty) return;
        Name(name);
        Output.Write(json[..(EventTime.FractionStart + digits)]);
        Output.Write("Z\""u8);
    }

    public void Time(ReadOnlySpan<byte> name, long nanoseconds)
    {
        Name(name);
        var span = Output.GetSpan(Timestamp.Length + 2);
        span[0] = span[Timestamp.Length + 1] = (byte)'"';
        Timestamp.Write(nanoseconds, span[1..]);
        Output.Advance(Timestamp.Length + 2);
    }

    public void Hash(ReadOnlySpan<byte> name, in EventText e)
    {
        if (!e.Shows(LedgerParts.IntegrityHash)) return;
        Span<byte> hash = stackalloc byte[EventText.HashLength];
        e.WriteHash(hash);
        Text(name, hash);
    }

    /// <summary>An object's members that its sender added, as an object.</summary>
    public void Rest(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> json, MemberSelection rest)
    {
        if (json.IsEmpty) return;
        Name(name);
        rest.Write(json, Output);
    }
}
