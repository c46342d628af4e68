using System.Text.Json;

namespace Sluice.Events;

/// <summary>Spells the objects whose members the contract names: checks types, drops nulls, sets personal members apart.</summary>
internal sealed class ShapeSpeller(ValueSpeller speller)
{
    private const int Level = 2;

    /// <summary>The time that says when the event's call ended, once its object is spelled.</summary>
    public long? EndedAt { get; private set; }

    public void Clear() => EndedAt = null;

    /// <summary>Spells the object under the reader; index keys found on the way are noted in <paramref name="keys"/>.</summary>
    public bool Spell(ref Utf8JsonReader reader, ObjectShape shape, ref IndexKeys keys, out ShapedObject spelled)
    {
        spelled = default;
        if (reader.TokenType != JsonTokenType.StartObject)
            return speller.Refuse(RefusalCode.InvalidType, shape.Name, $"'{shape.Name}' is an object.", reader);

        var start = speller.Bytes.Length;
        var first = speller.MemberCount;
        var seen = 0;
        var last = -1;
        speller.Bytes.Append((byte)'{');
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Member(ref reader, shape, ref seen, ref last, ref keys)) return speller.RefusedInside(shape.Name);
        }

        if (MissingMember(shape, seen) is { } missing)
            return speller.Refuse(RefusalCode.MissingField, $"{shape.Name}.{missing}", $"'{shape.Name}.{missing}' is required.", reader);
        if (!speller.Sort(first, reader)) return speller.RefusedInside(shape.Name);
        speller.EndObject(start, first);
        var whole = new Slice(start, speller.Bytes.Length - start);
        spelled = SetPersonalApart(first, whole);
        speller.ForgetMembers(first);
        return true;
    }

    private bool Member(ref Utf8JsonReader reader, ObjectShape shape, ref int seen, ref int last, ref IndexKeys keys)
    {
        if (!speller.TryUnescape(ref reader, out var name)) return false;
        var known = shape.IndexOf(name, last);
        if (known < 0 && !shape.Open) return UnknownMember(System.Text.Encoding.UTF8.GetString(name), reader);
        if (!speller.Key(ref reader, out var member)) return false;
        reader.Read();
        if (known < 0) return speller.Value(ref reader, Level) ? Done(ref member) : speller.RefusedInside(speller.KeyOf(member));

        if ((seen & (1 << known)) != 0)
            return speller.Refuse(RefusalCode.DuplicateMember, shape.Members[known].Name, "The member stands twice in its object.", reader);
        if (reader.TokenType == JsonTokenType.Null && shape.Members[known].Type != MemberType.Anything)
        {
            speller.Bytes.Truncate(member.Start);
            return true;
        }

        seen |= 1 << known;
        last = known;
        member.IsPersonal = shape.Members[known].Personal;
        return Known(ref reader, shape.Members[known], ref seen, known, ref keys) ? Done(ref member) : speller.RefusedInside(shape.Members[known].Name);
    }

    private bool Done(ref Member member)
    {
        speller.Close(ref member);
        return true;
    }

    private bool UnknownMember(string name, in Utf8JsonReader reader) =>
        speller.Refuse(RefusalCode.UnknownField, name, "There is no such member here; what is your own goes into 'metadata'.", reader);

    private bool Known(ref Utf8JsonReader reader, KnownMember known, ref int seen, int index, ref IndexKeys keys)
    {
        switch (known.Type)
        {
            case MemberType.Anything: return speller.Value(ref reader, Level);
            case MemberType.Object:
                return reader.TokenType == JsonTokenType.StartObject ? speller.Value(ref reader, Level) : WrongType(ref reader, "an object");
            case MemberType.Integer:
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _) ? speller.Value(ref reader, Level) : WrongType(ref reader, "a whole number");
            case MemberType.Time: return Time(ref reader, known);
            default: return Text(ref reader, known, ref seen, index, ref keys);
        }
    }

    private bool Text(ref Utf8JsonReader reader, KnownMember known, ref int seen, int index, ref IndexKeys keys)
    {
        if (reader.TokenType != JsonTokenType.String) return WrongType(ref reader, "a string");
        if (known.Required && reader.ValueSpan.IsEmpty) seen &= ~(1 << index);
        if (known.Indexed is { } kind)
        {
            if (!speller.TryUnescape(ref reader, out var text)) return false;
            if (!text.IsEmpty) keys[kind] = KeyHash.Of(text);
        }

        return speller.String(ref reader);
    }

    private bool Time(ref Utf8JsonReader reader, KnownMember known)
    {
        if (reader.TokenType != JsonTokenType.String) return WrongType(ref reader, "a time as a string");
        if (!speller.Time(ref reader, out var time)) return false;
        if (known.Ends) EndedAt = time;
        return true;
    }

    private bool WrongType(ref Utf8JsonReader reader, string expected) =>
        speller.Refuse(RefusalCode.InvalidType, null, $"This member is {expected}.", reader);

    private static string? MissingMember(ObjectShape shape, int seen)
    {
        for (var i = 0; i < shape.Members.Length; i++)
        {
            if (shape.Members[i].Required && (seen & (1 << i)) == 0) return shape.Members[i].Name;
        }

        return null;
    }

    private ShapedObject SetPersonalApart(int first, Slice whole)
    {
        var last = speller.MemberCount;
        for (var i = first; i < last; i++)
        {
            if (speller.MemberAt(i).IsPersonal) return new ShapedObject(whole, Copy(first, personal: false), Copy(first, personal: true));
        }

        return new ShapedObject(whole, whole, default);
    }

    /// <summary>A copy of the object with its personal members only, or with the others only; sorted as they are.</summary>
    private Slice Copy(int first, bool personal)
    {
        var start = speller.Bytes.Length;
        var last = speller.MemberCount;
        speller.Bytes.Append((byte)'{');
        for (var i = first; i < last; i++)
        {
            var member = speller.MemberAt(i);
            if (member.IsPersonal != personal) continue;
            if (speller.Bytes.Length > start + 1) speller.Bytes.Append((byte)',');
            var length = member.End - member.Start;
            var room = speller.Bytes.Reserve(length);
            speller.Bytes.Slice(member.Start, length).CopyTo(room);
            speller.Bytes.Advance(length);
        }

        speller.Bytes.Append((byte)'}');
        return new Slice(start, speller.Bytes.Length - start);
    }
}
