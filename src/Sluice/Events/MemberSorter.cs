using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>Brings the members of an object into canonical order in the buffer where they were spelled.</summary>
internal sealed class MemberSorter(ByteBuilder bytes) : IComparer<Member>
{
    /// <summary>Up to here, sorting by insertion is the fastest: what senders call an object mostly has fewer.</summary>
    private const int FewMembers = 16;

    private byte[] _sorting = [];

    /// <summary>Sorts members that lie one behind the other, each with a comma.</summary>
    /// <returns>Where a member stands that has the key of the one before it; -1 when all keys differ.</returns>
    public int Sort(Span<Member> members)
    {
        if (IsSorted(members)) return -1;
        if (members.Length <= FewMembers) SortFew(members);
        else MemoryExtensions.Sort(members, this);
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(members[i - 1], members[i]) == 0) return i;
        }

        Permute(members);
        return -1;
    }

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

    private void SortFew(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var at = i;
            for (; at > 0 && Compare(members[at - 1], member) > 0; at--) members[at] = members[at - 1];
            members[at] = member;
        }
    }

    private bool IsSorted(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(members[i - 1], members[i]) >= 0) return false;
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
        bytes.Slice(start, length).CopyTo(_sorting);
        var to = start;
        foreach (ref var member in members)
        {
            var size = member.End - member.Start + 1;
            _sorting.AsSpan(member.Start - start, size).CopyTo(bytes.Slice(to, size));
            (member.Start, member.End) = (to, to + size - 1);
            to += size;
        }
    }
}
