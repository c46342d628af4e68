using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>
/// Spells JSON values canonically (RFC 8785) as a reader walks over them: one pass, in place, objects sorted where they stand.
/// A false return means <see cref="Refusal"/> says why; the reader then stands somewhere inside the event.
/// </summary>
internal sealed class ValueSpeller : IDisposable
{
    private readonly ByteBuilder _bytes = new();
    private readonly ByteBuilder _unescaped = new();
    private readonly List<Member> _members = [];
    private readonly MemberSorter _sorter;

    public ValueSpeller() => _sorter = new MemberSorter(_bytes);

    public Refusal? Refusal { get; private set; }

    public ByteBuilder Bytes => _bytes;

    public void Clear()
    {
        _bytes.Clear();
        _members.Clear();
        Refusal = null;
    }

    public ReadOnlySpan<byte> this[Slice slice] => _bytes.Slice(slice.Start, slice.Length);

    public bool Refuse(string code, string? field, string message, in Utf8JsonReader reader)
    {
        Refusal = new Refusal(code, field, message, (int)reader.TokenStartIndex);
        return false;
    }

    /// <summary>Puts the key of an enclosing object before the field that a refusal names.</summary>
    public bool RefusedInside(string key)
    {
        var field = Refusal!.Field;
        Refusal = Refusal with { Field = string.IsNullOrEmpty(field) ? key : field[0] == '[' ? key + field : $"{key}.{field}" };
        return false;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _unescaped.Dispose();
    }

    /// <summary>Spells the value that the reader stands on.</summary>
    /// <param name="depth">The level of the object or array that holds it.</param>
    public bool Value(ref Utf8JsonReader reader, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return String(ref reader);
            case JsonTokenType.Number: return Number(ref reader);
            case JsonTokenType.StartObject: return Object(ref reader, depth + 1);
            case JsonTokenType.StartArray: return Array(ref reader, depth + 1);
            case JsonTokenType.True: _bytes.Append("true"u8); return true;
            case JsonTokenType.False: _bytes.Append("false"u8); return true;
            default: _bytes.Append("null"u8); return true;
        }
    }

    public bool String(ref Utf8JsonReader reader)
    {
        if (_bytes.Length + reader.ValueSpan.Length > 2 * EventLimits.CanonicalBytes) return TooLarge(reader);
        if (reader.ValueIsEscaped) return EscapedString(ref reader);
        _bytes.Append((byte)'"');
        _bytes.Append(reader.ValueSpan);
        _bytes.Append((byte)'"');
        return true;
    }

    /// <summary>The string's text without escapes, valid until the next call.</summary>
    public bool TryUnescape(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped) return true;
        try
        {
            _unescaped.Clear();
            _unescaped.Advance(reader.CopyString(_unescaped.Reserve(reader.ValueSpan.Length)));
        }
        catch (InvalidOperationException)
        {
            return Refuse(RefusalCode.InvalidString, null, "The string holds half of a surrogate pair, which is no character.", reader);
        }

        text = _unescaped.Written;
        return text.IndexOf((byte)0) < 0 || Refuse(RefusalCode.InvalidString, null, "The string holds U+0000, which many stores cannot keep.", reader);
    }

    /// <summary>Spells a time in the one form in which times are kept.</summary>
    public bool Time(ref Utf8JsonReader reader, out long nanoseconds)
    {
        nanoseconds = 0;
        if (!TryUnescape(ref reader, out var text)) return false;
        if (!Timestamp.TryParse(text, out nanoseconds))
            return Refuse(RefusalCode.InvalidTime, null, "Times are RFC 3339 between 1970 and 2261 with an offset and at most nine fraction digits: 2026-03-15T08:42:17.003Z.", reader);
        _bytes.Append((byte)'"');
        Timestamp.Write(nanoseconds, _bytes.Reserve(Timestamp.Length));
        _bytes.Advance(Timestamp.Length);
        _bytes.Append((byte)'"');
        return true;
    }

    public bool Object(ref Utf8JsonReader reader, int depth)
    {
        if (depth > EventLimits.Depth) return TooDeep(reader);
        var start = _bytes.Length;
        var first = _members.Count;
        _bytes.Append((byte)'{');
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Key(ref reader, out var member)) return false;
            reader.Read();
            if (!Value(ref reader, depth)) return RefusedInside(KeyOf(member));
            Close(ref member);
        }

        if (!Sort(first, reader)) return false;
        EndObject(start, first);
        _members.RemoveRange(first, _members.Count - first);
        return true;
    }

    /// <summary>Starts a member: spells its key. <see cref="Close"/> ends it once its value is spelled.</summary>
    public bool Key(ref Utf8JsonReader reader, out Member member)
    {
        member = new Member { Start = _bytes.Length, KeyIsEscaped = reader.ValueIsEscaped };
        if (!String(ref reader)) return false;
        member.KeyLength = _bytes.Length - member.Start - 2;
        _bytes.Append((byte)':');
        return true;
    }

    public void Close(ref Member member)
    {
        member.End = _bytes.Length;
        _bytes.Append((byte)',');
        _members.Add(member);
    }

    public int MemberCount => _members.Count;

    public Member MemberAt(int index) => _members[index];

    public void ForgetMembers(int first) => _members.RemoveRange(first, _members.Count - first);

    public string KeyOf(in Member member) => System.Text.Encoding.UTF8.GetString(_bytes.Slice(member.Start + 1, member.KeyLength));

    /// <summary>Brings the members from <paramref name="first"/> on into canonical order where they stand, and finds doubles.</summary>
    public bool Sort(int first, in Utf8JsonReader reader)
    {
        var members = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_members)[first..];
        var twice = _sorter.Sort(members);
        return twice < 0 || Refuse(RefusalCode.DuplicateMember, KeyOf(members[twice]), "The member stands twice in its object.", reader);
    }

    public void EndObject(int start, int firstMember)
    {
        if (_members.Count > firstMember) _bytes.Truncate(_bytes.Length - 1);
        _bytes.Append((byte)'}');
    }

    private bool Array(ref Utf8JsonReader reader, int depth)
    {
        if (depth > EventLimits.Depth) return TooDeep(reader);
        _bytes.Append((byte)'[');
        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (!Value(ref reader, depth)) return RefusedInside($"[{count}]");
            _bytes.Append((byte)',');
        }

        if (count > 0) _bytes.Truncate(_bytes.Length - 1);
        _bytes.Append((byte)']');
        return true;
    }

    private bool Number(ref Utf8JsonReader reader)
    {
        if (_bytes.Length > 2 * EventLimits.CanonicalBytes) return TooLarge(reader);
        if (!CanonicalJson.TryWriteNumber(reader.ValueSpan, _bytes.Reserve(CanonicalJson.MaxNumberLength), out var written))
            return Refuse(RefusalCode.NumberPrecision, null, "The number cannot be kept exactly as a 64-bit float; send it as a string.", reader);
        _bytes.Advance(written);
        return true;
    }

    private bool EscapedString(ref Utf8JsonReader reader)
    {
        if (!TryUnescape(ref reader, out var text)) return false;
        _bytes.Advance(CanonicalJson.WriteString(text, _bytes.Reserve(CanonicalJson.MaxEscapedLength(text.Length))));
        return true;
    }

    private bool TooDeep(in Utf8JsonReader reader) =>
        Refuse(RefusalCode.TooDeep, null, $"The event nests deeper than {EventLimits.Depth} levels.", reader);

    private bool TooLarge(in Utf8JsonReader reader) =>
        Refuse(RefusalCode.TooLarge, null, $"The event has more than {EventLimits.CanonicalBytes:N0} canonical bytes.", reader);

}
