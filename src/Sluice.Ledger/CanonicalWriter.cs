using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>
/// Writes one canonical JSON text into buffers that it keeps for the next one: members may come in any order and are
/// sorted when their object ends. Not for two threads at once.
/// </summary>
internal sealed class CanonicalWriter
{
    private const int LargestKept = 1 << 20;

    private readonly Comparison<Member> _byName;
    private byte[] _text = new byte[4096];
    private int _length;
    private byte[] _names = new byte[1024];
    private int _namesLength;
    private Member[] _members = new Member[64];
    private int _memberCount;
    private byte[] _sorted = [];

    public CanonicalWriter() => _byName = (a, b) => CanonicalJson.CompareKeys(NameOf(a), NameOf(b));

    public ReadOnlySpan<byte> Written => _text.AsSpan(0, _length);

    public void Clear()
    {
        _length = _namesLength = _memberCount = 0;
        if (_text.Length > LargestKept)
            _text = new byte[4096];
        if (_sorted.Length > LargestKept)
            _sorted = [];
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
        var names = Room(ref _names, _namesLength, name.Length);
        name.CopyTo(names);
        return BeginMember(name.Length);
    }

    public void EndMember(int member) => _members[member].End = _length;

    /// <exception cref="FormatException">A member is named twice.</exception>
    public void EndObject(int firstMember)
    {
        var members = _members.AsSpan(firstMember, _memberCount - firstMember);
        if (!IsSorted(members))
            Sort(members);
        if (members.Length > 0)
            _namesLength = SmallestName(members);
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
        var names = Room(ref _names, _namesLength, reader.ValueSpan.Length);
        var member = BeginMember(Unescaped(ref reader, names));
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

    private void CopyString(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            String(reader.ValueSpan);
            return;
        }
        var unescaped = Room(ref _names, _namesLength, reader.ValueSpan.Length);
        String(unescaped[..Unescaped(ref reader, unescaped)]);
    }

    private void CopyNumber(ReadOnlySpan<byte> raw)
    {
        if (!CanonicalJson.TryWriteNumber(raw, Room(ref _text, _length, CanonicalJson.MaxNumberLength), out var written))
            throw new FormatException("A number has no exact canonical spelling.");
        _length += written;
    }

    private static int Unescaped(ref Utf8JsonReader reader, Span<byte> destination)
    {
        if (!reader.ValueIsEscaped)
        {
            reader.ValueSpan.CopyTo(destination);
            return reader.ValueSpan.Length;
        }
        try
        {
            return reader.CopyString(destination);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A string has a lone surrogate.", e);
        }
    }

    /// <param name="nameLength">Of the name that already stands at the end of the names.</param>
    private int BeginMember(int nameLength)
    {
        if (_length > 0 && _text[_length - 1] != '{')
            Append((byte)',');
        if (_memberCount == _members.Length)
            Array.Resize(ref _members, 2 * _memberCount);

        _members[_memberCount] = new Member { Name = _namesLength, NameLength = nameLength, Start = _length };
        _namesLength += nameLength;
        String(NameOf(_members[_memberCount]));
        Append((byte)':');
        return _memberCount++;
    }

    private bool IsSorted(ReadOnlySpan<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (_byName(members[i - 1], members[i]) >= 0)
                return false;
        }
        return true;
    }

    private void Sort(Span<Member> members)
    {
        var start = members[0].Start;
        var length = _length - start;
        members.Sort(_byName);

        var sorted = Room(ref _sorted, 0, length);
        var written = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (_byName(members[i - 1], members[i]) == 0)
                    throw new FormatException("A member is named twice.");
                sorted[written++] = (byte)',';
            }
            var text = _text.AsSpan(members[i].Start..members[i].End);
            text.CopyTo(sorted[written..]);
            written += text.Length;
        }
        sorted[..length].CopyTo(_text.AsSpan(start));
    }

    private static int SmallestName(ReadOnlySpan<Member> members)
    {
        var smallest = members[0].Name;
        foreach (var member in members)
            smallest = Math.Min(smallest, member.Name);
        return smallest;
    }

    private ReadOnlySpan<byte> NameOf(in Member member) => _names.AsSpan(member.Name, member.NameLength);

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
    }
}
