using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>
/// Spells one event canonically: personal members go to a text of their own, whose salted hash takes their place. Keeps
/// its buffers; one is kept for each thread.
/// </summary>
internal sealed class EventSpelling
{
    private const int SaltLength = 16;
    private const int SaltTextLength = 22;

    [ThreadStatic]
    private static EventSpelling? t_kept;

    private readonly CanonicalWriter _event = new();
    private readonly CanonicalWriter _personal = new();
    private readonly byte[] _salt = new byte[SaltLength];
    private byte[] _salted = new byte[1024];
    private bool _hasSalt;
    private bool _hasCommitment;
    private bool _hasPersonal;

    /// <summary>For one use on this thread; given back by <see cref="Return"/>.</summary>
    public static EventSpelling Rent()
    {
        var kept = t_kept ?? new EventSpelling();
        t_kept = null;
        return kept;
    }

    public void Return()
    {
        _event.Clear();
        _personal.Clear();
        _hasSalt = _hasCommitment = _hasPersonal = false;
        t_kept = this;
    }

    /// <exception cref="FormatException">It is no event, or has no canonical form.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public Digest Digest(ReadOnlySpan<byte> json, out LedgerMembers members)
    {
        members = default;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("It is no JSON object.");

        var whole = _event.BeginObject();
        var personal = _personal.BeginObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            TakeMember(ref reader, ref members);
        reader.Read();
        _personal.EndObject(personal);
        Commit();
        _event.EndObject(whole);
        return Ledger.Digest.Sha256(_event.Written);
    }

    private void TakeMember(ref Utf8JsonReader reader, ref LedgerMembers members)
    {
        var member = EventMembers.At(ref reader);
        switch (member)
        {
            case EventMember.Salt:
                TakeSalt(ref reader);
                break;
            case EventMember.SourceIp or EventMember.UserAgent:
                TakePersonal(ref reader);
                break;
            case EventMember.Actor or EventMember.Metadata:
                TakeMixed(ref reader, member == EventMember.Actor);
                break;
            case EventMember.Sequence or EventMember.PersistedAt or EventMember.IntegrityHash or EventMember.Proof:
                members.Take(member, ref reader);
                break;
            default:
                _hasCommitment |= member == EventMember.Personal;
                _event.CopyMember(ref reader);
                break;
        }
    }

    private void TakePersonal(ref Utf8JsonReader reader)
    {
        _hasPersonal = true;
        _personal.CopyMember(ref reader);
    }

    private void TakeSalt(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (_hasSalt)
            throw new FormatException("A member is named twice.");
        if (reader.TokenType != JsonTokenType.String
            || reader.ValueSpan.Length != SaltTextLength
            || Base64Url.DecodeFromUtf8(reader.ValueSpan, _salt, out _, out var written) != OperationStatus.Done
            || written != SaltLength)
        {
            throw new FormatException("salt is not 16 bytes in base64url.");
        }
        _hasSalt = true;
    }

    /// <summary><c>actor</c> and <c>metadata</c> have personal members among others; either part keeps its own object.</summary>
    private void TakeMixed(ref Utf8JsonReader reader, bool isActor)
    {
        var name = isActor ? "actor"u8 : "metadata"u8;
        reader.Read();
        var member = _event.BeginMember(name);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _event.Copy(ref reader);
            _event.EndMember(member);
            return;
        }

        var whole = _event.BeginObject();
        var personalMember = -1;
        var personal = -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!IsPersonal(EventMembers.At(ref reader), isActor))
            {
                _event.CopyMember(ref reader);
                continue;
            }
            if (personalMember < 0)
            {
                personalMember = _personal.BeginMember(name);
                personal = _personal.BeginObject();
            }
            TakePersonal(ref reader);
        }
        _event.EndObject(whole);
        _event.EndMember(member);
        if (personalMember < 0)
            return;

        _personal.EndObject(personal);
        _personal.EndMember(personalMember);
    }

    private static bool IsPersonal(EventMember member, bool ofActor) =>
        ofActor ? member is EventMember.Name or EventMember.Email : member == EventMember.Personal;

    private void Commit()
    {
        if (_hasCommitment)
        {
            if (_hasSalt || _hasPersonal)
                throw new FormatException("It shows both personal and what personal stands for.");
            return;
        }
        if (!_hasSalt)
            throw new FormatException("It shows neither salt nor personal.");

        Span<byte> commitment = stackalloc byte[EventHash.Prefix.Length + (2 * Ledger.Digest.Size)];
        EventHash.Prefix.CopyTo(commitment);
        Convert.TryToHexStringLower(Ledger.Digest.Sha256(Salted()).Bytes, commitment[EventHash.Prefix.Length..], out _);

        var member = _event.BeginMember("personal"u8);
        _event.String(commitment);
        _event.EndMember(member);
    }

    private ReadOnlySpan<byte> Salted()
    {
        var length = SaltLength + _personal.Written.Length;
        if (_salted.Length < length)
            _salted = new byte[2 * length];
        _salt.CopyTo(_salted, 0);
        _personal.Written.CopyTo(_salted.AsSpan(SaltLength));
        return _salted.AsSpan(0, length);
    }
}
