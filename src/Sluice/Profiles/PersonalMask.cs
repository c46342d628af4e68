using System.Buffers;
using System.Buffers.Text;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>
/// Takes personal members out of an event and puts their salted commitment in place of them and of the salt: the copy has the same hash as the original,
/// and nothing in it can be guessed.
/// </summary>
internal static class PersonalMask
{
    private const int SaltBytes = 16;

    private static readonly MemberSelection Rest = MemberSelection.AllBut(
        [["actor", "name"], ["actor", "email"], ["metadata", "personal"], ["source_ip"], ["user_agent"], ["salt"]]);

    /// <param name="scratch">Room to work in.</param>
    public static void Write(in StoredEvent stored, ArrayBufferWriter<byte> scratch, IBufferWriter<byte> output)
    {
        var e = new EventText(stored, LedgerParts.None);
        Span<byte> member = stackalloc byte["\"personal\":\"sha256:\""u8.Length + (2 * Digest.Size)];
        Rest.Write(stored.Body.Span, output, e.Has(EventField.Salt) ? Commitment(e, scratch, member) : default);
    }

    private static ReadOnlySpan<byte> Commitment(in EventText e, ArrayBufferWriter<byte> scratch, Span<byte> member)
    {
        scratch.ResetWrittenCount();
        Base64Url.DecodeFromUtf8(e.Text(EventField.Salt), scratch.GetSpan(SaltBytes), out _, out var salt);
        scratch.Advance(salt);
        WritePersonal(e, scratch);
        Span<byte> digest = stackalloc byte[Digest.Size];
        Digest.Sha256(scratch.WrittenSpan).CopyTo(digest);
        "\"personal\":\"sha256:"u8.CopyTo(member);
        Convert.TryToHexStringLower(digest, member["\"personal\":\"sha256:"u8.Length..], out _);
        member[^1] = (byte)'"';
        return member;
    }

    /// <summary>The personal members in their nesting, canonically: bodies spell values canonically, so the order of names is all there is to do.</summary>
    private static void WritePersonal(in EventText e, IBufferWriter<byte> output)
    {
        var json = new MemberWriter(output);
        json.Open();
        if (e.HasAny(EventField.ActorEmail, EventField.ActorName))
        {
            json.Open("actor"u8);
            json.Copy("email"u8, e[EventField.ActorEmail]);
            json.Copy("name"u8, e[EventField.ActorName]);
            json.Close();
        }

        if (e.Has(EventField.MetadataPersonal))
        {
            json.Open("metadata"u8);
            json.Copy("personal"u8, e[EventField.MetadataPersonal]);
            json.Close();
        }

        json.Copy("source_ip"u8, e[EventField.SourceIp]);
        json.Copy("user_agent"u8, e[EventField.UserAgent]);
        json.Close();
    }
}
