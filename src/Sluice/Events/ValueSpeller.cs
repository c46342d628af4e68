using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>A piece of canonical JSON in the speller's buffer.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}

/// <summary>One member of an object being spelled: <c>"key":value</c> in the buffer.</summary>
internal struct Member
{
    public int Start, End, KeyLength;

    /// <summary>The key is spelled with escapes, so comparing it means undoing them.</summary>
    public bool KeyIsEscaped;

    /// <summary>It stands behind the salted commitment.</summary>
    public bool IsPersonal;

    public readonly Slice Value => new(Start + KeyLength + 3, End - Start - KeyLength - 3);
}

/// <summary>
/// Spells JSON values canonically (RFC 8785) as a reader walks over them: one pass, in place, objects sorted where they stand.
/// A false return means <see cref="Refusal"/> says why; the reader then stands somewhere inside the event.
/// </summary>
internal sealed class ValueSpeller : IDisposable
{
    /// <summary>Up to here, sorting by insertion is the fastest: what senders call an object mostly has fewer.</summary>
    private const int FewMembers = 16;

    private readonly ByteBuilder _bytes = new();
    private readonly ByteBuilder _unescaped = new();
    private readonly List<Member> _members = [];
    private readonly MemberOrder _order;
    private byte[] _sorting = [];

    public ValueSpeller() => _order = new MemberOrder(_bytes);

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
        if (IsSorted(members)) return true;
        if (members.Length <= FewMembers) SortFew(members);
        else MemoryExtensions.Sort(members, _order);
        for (var i = 1; i < members.Length; i++)
        {
            if (_order.Compare(members[i - 1], members[i]) == 0)
                return Refuse(RefusalCode.DuplicateMember, KeyOf(members[i]), "The member stands twice in its object.", reader);
        }

        Permute(members);
        return true;
    }

    public void EndObject(int start, int firstMember)
    {
        if (_members.Count > firstMember) _bytes.Truncate(_bytes.Length - 1);
        _bytes.Append((byte)'}');
    }

    private void SortFew(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var at = i;
            for (; at > 0 && _order.Compare(members[at - 1], member) > 0; at--) members[at] = members[at - 1];
            members[at] = member;
        }
    }

    private bool IsSorted(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (_order.Compare(members[i - 1], members[i]) >= 0) return false;
        }

        return true;
    }

    /// <summary>Every member with its comma has the same length wherever it stands, so the sorted ones fill the same bytes.</summary>
    private void Permute(Span<Member> members)
    {
        var start = int.MaxValue;
        var length = 0;
        foreach (ref var member in members)
        {
            start = Math.Min(start, member.Start);
            length += member.End - member.Start + 1;
        }

        if (_sorting.Length < length) _sorting = new byte[Math.Max(4096, length)];
        _bytes.Slice(start, length).CopyTo(_sorting);
        var to = start;
        foreach (ref var member in members)
        {
            var size = member.End - member.Start + 1;
            _sorting.AsSpan(member.Start - start, size).CopyTo(_bytes.Slice(to, size));
            (member.Start, member.End) = (to, to + size - 1);
            to += size;
        }
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

    /// <summary>Canonical order of keys as they are spelled in the buffer.</summary>
    private sealed class MemberOrder(ByteBuilder bytes) : IComparer<Member>
    {
        public int Compare(Member x, Member y)
        {
            var a = bytes.Slice(x.Start + 1, x.KeyLength);
            var b = bytes.Slice(y.Start + 1, y.KeyLength);
            return x.KeyIsEscaped || y.KeyIsEscaped ? CanonicalJson.CompareKeys(Unescape(a), Unescape(b)) : CanonicalJson.CompareKeys(a, b);
        }

        private static byte[] Unescape(ReadOnlySpan<byte> spelled)
        {
            var reader = new Utf8JsonReader((byte[])[(byte)'"', .. spelled, (byte)'"']);
            reader.Read();
            var text = new byte[spelled.Length];
            return text[..reader.CopyString(text)];
        }
    }
}
