using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>
/// Writes one canonical JSON text into buffers that it keeps for the next one: members may come in any order and are
/// sorted when their object ends. Not for two threads at once.
/// </summary>
internal sealed class CanonicalWriter
{
    private const int LargestKept = 1 << 20;
    private const int MostMembersKept = 4096;
    private const int FewMembers = 32;

    private readonly Comparison<Member> _byName;
    private byte[] _text = new byte[4096];
    private int _length;
    private byte[] _unescaped = [];
    private byte[] _names = [];
    private int _namesLength;
    private Member[] _members = new Member[64];
    private int _memberCount;
    private byte[] _sorted = [];

    public CanonicalWriter() => _byName = (a, b) => Compare(a, b);

    public ReadOnlySpan<byte> Written => _text.AsSpan(0, _length);

    public void Clear()
    {
        _length = _namesLength = _memberCount = 0;
        if (_text.Length > LargestKept)
            _text = new byte[4096];
        if (_sorted.Length > LargestKept || _unescaped.Length > LargestKept || _names.Length > LargestKept)
            _sorted = _unescaped = _names = [];
        if (_members.Length > MostMembersKept)
            _members = new Member[64];
    }

    /// <returns>To be given back when the object ends.</returns>
    public int BeginObject()
    {
        Append((byte)'{');
        return _memberCount;
    }

    /// <summary>Everything written from here to <see cref="EndMember"/> is this member's value.</summary>
    /// <returns>To be given back when the member ends.</returns>
    public int BeginMember(ReadOnlySpan<byte> name)
    {
        if (_length > 0 && _text[_length - 1] != '{')
            Append((byte)',');
        if (_memberCount == _members.Length)
            Array.Resize(ref _members, 2 * _memberCount);

        var start = _length;
        String(name);
        _members[_memberCount] = _length - start == name.Length + 2
            ? new Member { Start = start, Name = start + 1, NameLength = name.Length }
            : new Member { Start = start, Name = Keep(name), NameLength = name.Length, IsEscaped = true };
        Append((byte)':');
        return _memberCount++;
    }

    public void EndMember(int member) => _members[member].End = _length;

    /// <exception cref="FormatException">A member is named twice.</exception>
    public void EndObject(int firstMember)
    {
        var members = _members.AsSpan(firstMember, _memberCount - firstMember);
        if (members.Length > FewMembers ? SortMany(members) : SortFew(members))
            Rearrange(members);
        _memberCount = firstMember;
        Append((byte)'}');
    }

    public void String(ReadOnlySpan<byte> unescaped) =>
        _length += CanonicalJson.WriteString(unescaped, Room(ref _text, _length, CanonicalJson.MaxEscapedLength(unescaped.Length)));

    /// <summary>Copies the value that the reader stands on, and leaves the reader on its last token.</summary>
    /// <exception cref="FormatException">It has no canonical spelling.</exception>
    public void Copy(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CopyObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                CopyArray(ref reader);
                break;
            case JsonTokenType.String:
                CopyString(ref reader);
                break;
            case JsonTokenType.Number:
                CopyNumber(reader.ValueSpan);
                break;
            default:
                reader.ValueSpan.CopyTo(Room(ref _text, _length, reader.ValueSpan.Length));
                _length += reader.ValueSpan.Length;
                break;
        }
    }

    /// <summary>Copies the member whose name the reader stands on.</summary>
    public void CopyMember(ref Utf8JsonReader reader)
    {
        var member = BeginMember(reader.ValueIsEscaped ? Unescaped(ref reader) : reader.ValueSpan);
        reader.Read();
        Copy(ref reader);
        EndMember(member);
    }

    private void CopyObject(ref Utf8JsonReader reader)
    {
        var start = BeginObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            CopyMember(ref reader);
        EndObject(start);
    }

    private void CopyArray(ref Utf8JsonReader reader)
    {
        Append((byte)'[');
        var first = _length;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_length > first)
                Append((byte)',');
            Copy(ref reader);
        }
        Append((byte)']');
    }

    private void CopyString(ref Utf8JsonReader reader) =>
        String(reader.ValueIsEscaped ? Unescaped(ref reader) : reader.ValueSpan);

    private void CopyNumber(ReadOnlySpan<byte> raw)
    {
        if (!CanonicalJson.TryWriteNumber(raw, Room(ref _text, _length, CanonicalJson.MaxNumberLength), out var written))
            throw new FormatException("A number has no exact canonical spelling.");
        _length += written;
    }

    /// <summary>Valid until the next call.</summary>
    private ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader reader)
    {
        var room = Room(ref _unescaped, 0, reader.ValueSpan.Length);
        return room[..Unescape(ref reader, room)];
    }

    /// <summary>Unescapes the name or string that the reader stands on.</summary>
    public static int Unescape(ref Utf8JsonReader reader, scoped Span<byte> destination)
    {
        try
        {
            return reader.CopyString(destination);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A string has a lone surrogate.", e);
        }
    }

    private int Keep(ReadOnlySpan<byte> name)
    {
        name.CopyTo(Room(ref _names, _namesLength, name.Length));
        _namesLength += name.Length;
        return _namesLength - name.Length;
    }

    /// <summary>By insertion: stored events are in order but for a member or two.</summary>
    /// <returns>Whether any member moved.</returns>
    private bool SortFew(Span<Member> members)
    {
        var moved = false;
        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var place = i;
            for (; place > 0; place--)
            {
                var order = Compare(members[place - 1], member);
                RefuseTwins(order);
                if (order < 0)
                    break;
                members[place] = members[place - 1];
            }
            members[place] = member;
            moved |= place < i;
        }
        return moved;
    }

    private bool SortMany(Span<Member> members)
    {
        members.Sort(_byName);
        for (var i = 1; i < members.Length; i++)
            RefuseTwins(Compare(members[i - 1], members[i]));
        return true;
    }

    private static void RefuseTwins(int order)
    {
        if (order == 0)
            throw new FormatException("A member is named twice.");
    }

    private void Rearrange(ReadOnlySpan<Member> members)
    {
        var start = int.MaxValue;
        foreach (var member in members)
            start = Math.Min(start, member.Start);

        var sorted = Room(ref _sorted, 0, _length - start);
        var written = 0;
        foreach (var member in members)
        {
            if (written > 0)
                sorted[written++] = (byte)',';
            var text = _text.AsSpan(member.Start..member.End);
            text.CopyTo(sorted[written..]);
            written += text.Length;
        }
        sorted[..written].CopyTo(_text.AsSpan(start));
    }

    private int Compare(in Member a, in Member b) => CanonicalJson.CompareKeys(NameOf(a), NameOf(b));

    /// <summary>A name that needed no escapes is read where it was written.</summary>
    private ReadOnlySpan<byte> NameOf(in Member member) =>
        (member.IsEscaped ? _names : _text).AsSpan(member.Name, member.NameLength);

    private void Append(byte character)
    {
        Room(ref _text, _length, 1)[0] = character;
        _length++;
    }

    private static Span<byte> Room(ref byte[] buffer, int used, int needed)
    {
        if (buffer.Length - used < needed)
            Array.Resize(ref buffer, Math.Max(2 * buffer.Length, checked(used + needed)));
        return buffer.AsSpan(used);
    }

    private struct Member
    {
        public int Name;
        public int NameLength;
        public int Start;
        public int End;
        public bool IsEscaped;
    }
}
