using System.Buffers.Text;
using System.Security.Cryptography;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>Puts an event's spelled members together: its canonical form, its personal commitment, and the body that is stored.</summary>
internal sealed class EventSpelling : IDisposable
{
    private const int SaltBytes = 16;
    private const int SaltText = 22;
    private const int SaltsAtOnce = 64;

    private readonly ByteBuilder _personal = new();
    private readonly ByteBuilder _canonical = new();
    private readonly byte[] _salts = new byte[SaltBytes * SaltsAtOnce];
    private readonly byte[] _salt = new byte[SaltText];
    private int _nextSalt = SaltsAtOnce;

    /// <summary>Hashes the event under a fresh salt; false when it is larger than the contract allows.</summary>
    public bool TryHash(ValueSpeller speller, Slice[] slots, in ShapedObject actor, in ShapedObject metadata, out Digest digest, out Digest leaf)
    {
        (digest, leaf) = (default, default);
        var commitment = Commitment(speller, slots, actor, metadata);
        if (_personal.Length - SaltBytes > EventLimits.CanonicalBytes) return false;

        _canonical.Clear();
        foreach (var member in TopMembers.Canonical)
        {
            var slice = member switch { TopMember.Actor => actor.Public, TopMember.Metadata => metadata.Public, _ => slots[(int)member] };
            if (!slice.IsEmpty) Name(_canonical, TopMembers.NameOf(member)).Append(speller[slice]);
            if (member == TopMembers.BeforePersonal) AppendCommitment(commitment);
        }

        _canonical.Append((byte)'}');
        if (_canonical.Length > EventLimits.CanonicalBytes) return false;
        digest = Digest.Sha256(_canonical.Written);
        leaf = MerkleHash.Leaf(digest);
        return true;
    }

    public int BodyBound(ValueSpeller speller) => speller.Bytes.Length + 512;

    /// <summary>Writes the body: the members in stored order, the salt last.</summary>
    public int WriteBody(ValueSpeller speller, Slice[] slots, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].IsEmpty) continue;
            length += Put(destination[length..], length == 0 ? "{\""u8 : ",\""u8);
            length += Put(destination[length..], TopMembers.NameOf((TopMember)i));
            length += Put(destination[length..], "\":"u8);
            length += Put(destination[length..], speller[slots[i]]);
        }

        length += Put(destination[length..], ",\"salt\":\""u8);
        length += Put(destination[length..], _salt);
        return length + Put(destination[length..], "\"}"u8);
    }

    public void Dispose()
    {
        _personal.Dispose();
        _canonical.Dispose();
    }

    private static int Put(Span<byte> destination, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    private static ByteBuilder Name(ByteBuilder to, ReadOnlySpan<byte> name)
    {
        to.Append(to.Length == 0 ? (byte)'{' : (byte)',');
        to.Append((byte)'"');
        to.Append(name);
        to.Append("\":"u8);
        return to;
    }

    private Digest Commitment(ValueSpeller speller, Slice[] slots, in ShapedObject actor, in ShapedObject metadata)
    {
        _personal.Clear();
        _personal.Append(NextSalt());
        var any = false;
        Personal(speller, TopMember.Actor, actor.Personal, ref any);
        Personal(speller, TopMember.Metadata, metadata.Personal, ref any);
        Personal(speller, TopMember.SourceIp, slots[(int)TopMember.SourceIp], ref any);
        Personal(speller, TopMember.UserAgent, slots[(int)TopMember.UserAgent], ref any);
        _personal.Append(any ? "}"u8 : "{}"u8);
        return Digest.Sha256(_personal.Written);
    }

    private void Personal(ValueSpeller speller, TopMember member, Slice value, ref bool any)
    {
        if (value.IsEmpty) return;
        _personal.Append(any ? ",\""u8 : "{\""u8);
        _personal.Append(TopMembers.NameOf(member));
        _personal.Append("\":"u8);
        _personal.Append(speller[value]);
        any = true;
    }

    private void AppendCommitment(in Digest commitment)
    {
        Name(_canonical, "personal"u8).Append("\"sha256:"u8);
        Span<byte> bytes = stackalloc byte[Digest.Size];
        commitment.CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, _canonical.Reserve(Digest.Size * 2), out var written);
        _canonical.Advance(written);
        _canonical.Append((byte)'"');
    }

    private ReadOnlySpan<byte> NextSalt()
    {
        if (_nextSalt == SaltsAtOnce)
        {
            RandomNumberGenerator.Fill(_salts);
            _nextSalt = 0;
        }

        var salt = _salts.AsSpan(_nextSalt++ * SaltBytes, SaltBytes);
        Base64Url.EncodeToUtf8(salt, _salt);
        return salt;
    }
}
