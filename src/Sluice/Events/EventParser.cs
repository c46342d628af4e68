using System.Buffers;
using System.Text.Json;
using Sluice.Tenants;

namespace Sluice.Events;

/// <summary>
/// Turns events as they were sent into events as they are kept, in one pass over the JSON: checks every rule of the contract, spells values
/// canonically, and leaves body and digest in the batch. One parser serves one request at a time.
/// </summary>
internal sealed class EventParser(TimeProvider time) : IDisposable
{
    private static readonly SearchValues<byte> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@-"u8);
    private static readonly SearchValues<byte> NotInActions = SearchValues.Create([.. Enumerable.Range(0, 33).Select(i => (byte)i), (byte)'"', (byte)'\\', 127]);

    private static readonly byte[] SluiceTenant = System.Text.Encoding.UTF8.GetBytes(TenantNames.Sluice);

    private readonly ValueSpeller _speller = new();
    private readonly EventSpelling _spelling = new();
    private readonly Slice[] _slots = new Slice[TopMembers.Stored];
    private ShapeSpeller? _shapes;
    private ShapedObject _actor, _metadata;
    private IndexKeys _keys;
    private long _timestamp;
    private int _seen;
    private int _last;

    private ShapeSpeller Shapes => _shapes ??= new ShapeSpeller(_speller);

    /// <summary>Reads the event that the reader stands on (at its opening brace) and adds it to the batch.</summary>
    /// <returns>Null when it was added. After a refusal the reader may stand anywhere inside the event.</returns>
    public Refusal? Parse(ref Utf8JsonReader reader, EventScope scope, AcceptedBatch batch)
    {
        Clear();
        if (reader.TokenType != JsonTokenType.StartObject) return new Refusal(RefusalCode.InvalidType, null, "An event is a JSON object.", (int)reader.TokenStartIndex);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Member(ref reader, scope)) return _speller.Refusal;
        }

        if (Missing() is { } missing) return new Refusal(RefusalCode.MissingField, missing, $"'{missing}' is required.", (int)reader.TokenStartIndex);
        return Add(scope, batch) ? null : _speller.Refusal ?? TooLarge;
    }

    public void Dispose()
    {
        _speller.Dispose();
        _spelling.Dispose();
    }

    private static Refusal TooLarge { get; } = new(RefusalCode.TooLarge, null, $"The event has more than {EventLimits.CanonicalBytes:N0} canonical bytes.");

    private void Clear()
    {
        _speller.Clear();
        _shapes?.Clear();
        Array.Clear(_slots);
        (_actor, _metadata, _keys, _timestamp, _seen, _last) = (default, default, default, 0, 0, -1);
    }

    private bool Member(ref Utf8JsonReader reader, EventScope scope)
    {
        if (!_speller.TryUnescape(ref reader, out var name)) return false;
        var index = TopMembers.IndexOf(name, _last);
        if (index < 0)
            return _speller.Refuse(RefusalCode.UnknownField, System.Text.Encoding.UTF8.GetString(name), "There is no such member; what is your own goes into 'metadata'.", reader);
        if ((_seen & (1 << index)) != 0)
            return _speller.Refuse(RefusalCode.DuplicateMember, System.Text.Encoding.UTF8.GetString(name), "The member stands twice in the event.", reader);
        _seen |= 1 << index;
        _last = index;
        reader.Read();
        if (index >= TopMembers.Stored)
        {
            reader.Skip();
            return true;
        }

        return reader.TokenType == JsonTokenType.Null || Known(ref reader, (TopMember)index, scope);
    }

    private bool Known(ref Utf8JsonReader reader, TopMember member, EventScope scope)
    {
        switch (member)
        {
            case TopMember.Actor:
                return Shaped(ref reader, ObjectShape.Actor, member, out _actor);
            case TopMember.Metadata:
                return Shaped(ref reader, ObjectShape.Metadata, member, out _metadata);
            case TopMember.Resource:
                return Shaped(ref reader, ObjectShape.Resource, member, out _);
            case TopMember.ApiCall:
                return Shaped(ref reader, ObjectShape.ApiCall, member, out _);
        }

        var field = TopMembers.TextOf(member);
        if (reader.TokenType != JsonTokenType.String) return _speller.Refuse(RefusalCode.InvalidType, field, $"'{field}' is a string.", reader);
        var start = _speller.Bytes.Length;
        if (!Text(ref reader, member, scope)) return _speller.Refusal!.Field is null ? _speller.RefusedInside(field) : false;
        _slots[(int)member] = new Slice(start, _speller.Bytes.Length - start);
        return true;
    }

    private bool Shaped(ref Utf8JsonReader reader, ObjectShape shape, TopMember member, out ShapedObject spelled)
    {
        if (!Shapes.Spell(ref reader, shape, ref _keys, out spelled)) return false;
        _slots[(int)member] = spelled.Whole;
        return true;
    }

    private bool Text(ref Utf8JsonReader reader, TopMember member, EventScope scope)
    {
        if (member == TopMember.Timestamp) return _speller.Time(ref reader, out _timestamp);
        if (!_speller.TryUnescape(ref reader, out var text)) return false;
        var allowed = member switch
        {
            TopMember.Id => Id(text, reader),
            TopMember.Action => Action(text, reader),
            TopMember.Outcome => Outcome(text, reader),
            TopMember.TenantId => Tenant(text, scope, reader),
            TopMember.RequestId => Note(IndexKind.Request, text),
            _ => true,
        };
        return allowed && _speller.String(ref reader);
    }

    private bool Note(IndexKind kind, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) _keys[kind] = KeyHash.Of(text);
        return true;
    }

    private bool Id(ReadOnlySpan<byte> id, in Utf8JsonReader reader)
    {
        if (id.Length is 0 or > EventLimits.IdBytes || !char.IsAsciiLetterOrDigit((char)id[0]) || id.ContainsAnyExcept(IdCharacters) || id.SequenceEqual("live"u8))
            return _speller.Refuse(RefusalCode.InvalidId, "id", "An id starts with a letter or digit, has at most 128 of A-Z a-z 0-9 . _ : @ -, and is not 'live'.", reader);
        return true;
    }

    private bool Action(ReadOnlySpan<byte> action, in Utf8JsonReader reader)
    {
        var words = !action.IsEmpty && action[0] != '.' && action[^1] != '.' && action.IndexOf(".."u8) < 0 && !action.ContainsAny(NotInActions);
        if (!words || action.Length > EventLimits.ActionBytes)
            return _speller.Refuse(RefusalCode.InvalidType, "action", "An action is words joined by dots, without spaces, at most 256 bytes: certificate.issue.", reader);
        return Note(IndexKind.Action, action);
    }

    private bool Outcome(ReadOnlySpan<byte> outcome, in Utf8JsonReader reader)
    {
        if (!outcome.SequenceEqual("success"u8) && !outcome.SequenceEqual("failure"u8) && !outcome.SequenceEqual("denied"u8))
            return _speller.Refuse(RefusalCode.InvalidType, "outcome", "An outcome is 'success', 'failure' or 'denied'.", reader);
        return Note(IndexKind.Outcome, outcome);
    }

    private bool Tenant(ReadOnlySpan<byte> tenant, EventScope scope, in Utf8JsonReader reader)
    {
        if (tenant.Length is 0 or > EventLimits.TenantBytes)
            return _speller.Refuse(RefusalCode.InvalidType, "tenant_id", "A tenant_id has 1 to 256 bytes.", reader);
        if (scope.Only is { } only && !tenant.SequenceEqual(only))
            return _speller.Refuse(RefusalCode.ForbiddenTenant, "tenant_id", "This key belongs to another tenant.", reader);
        if (tenant.SequenceEqual(SluiceTenant))
            return _speller.Refuse(RefusalCode.ForbiddenTenant, "tenant_id", "Only Sluice itself writes to this tenant.", reader);
        return Note(IndexKind.Tenant, tenant);
    }

    private string? Missing()
    {
        if (_slots[(int)TopMember.Action].IsEmpty) return "action";
        if (_slots[(int)TopMember.Outcome].IsEmpty) return "outcome";
        return _slots[(int)TopMember.Actor].IsEmpty ? "actor" : null;
    }

    private bool Add(EventScope scope, AcceptedBatch batch)
    {
        var accepted = new AcceptedEvent
        {
            Timestamp = _timestamp,
            EndedAt = _shapes?.EndedAt,
            TimestampFilledIn = _slots[(int)TopMember.Timestamp].IsEmpty,
            CategoryFilledIn = _slots[(int)TopMember.Category].IsEmpty,
        };
        FillIn(ref accepted, scope);
        if (!_spelling.TryHash(_speller, _slots, _actor, _metadata, out accepted.Digest, out accepted.Leaf)) return false;
        _keys[IndexKind.Id] = KeyHash.OfId(_keys[IndexKind.Tenant], _speller[_slots[(int)TopMember.Id]][1..^1]);
        _keys[IndexKind.Digest] = KeyHash.OfDigest(accepted.Digest);
        accepted.Keys = _keys;
        var length = _spelling.WriteBody(_speller, _slots, batch.Reserve(_spelling.BodyBound(_speller)));
        batch.Add(length, accepted);
        return true;
    }

    private void FillIn(ref AcceptedEvent accepted, EventScope scope)
    {
        if (accepted.TimestampFilledIn) FillInTimestamp(ref accepted);
        if (_slots[(int)TopMember.Id].IsEmpty) FillInId();
        if (_slots[(int)TopMember.TenantId].IsEmpty)
        {
            _slots[(int)TopMember.TenantId] = Appended(scope.Spelled);
            _keys[IndexKind.Tenant] = scope.Hash;
        }

        if (accepted.CategoryFilledIn) _slots[(int)TopMember.Category] = Quoted(ActionCatalogue.CategoryOf(_speller[_slots[(int)TopMember.Action]][1..^1]));
    }

    private void FillInTimestamp(ref AcceptedEvent accepted)
    {
        accepted.Timestamp = Timestamp.Now(time);
        Span<byte> text = stackalloc byte[Timestamp.Length];
        Timestamp.Write(accepted.Timestamp, text);
        _slots[(int)TopMember.Timestamp] = Quoted(text);
    }

    private void FillInId()
    {
        Span<byte> id = stackalloc byte[4 + Ulid.Length];
        "evt_"u8.CopyTo(id);
        Ulid.Write(Timestamp.Now(time), id[4..]);
        _slots[(int)TopMember.Id] = Quoted(id);
    }

    private Slice Quoted(ReadOnlySpan<byte> text)
    {
        var start = _speller.Bytes.Length;
        _speller.Bytes.Append((byte)'"');
        _speller.Bytes.Append(text);
        _speller.Bytes.Append((byte)'"');
        return new Slice(start, text.Length + 2);
    }

    private Slice Appended(ReadOnlySpan<byte> spelled)
    {
        var start = _speller.Bytes.Length;
        _speller.Bytes.Append(spelled);
        return new Slice(start, spelled.Length);
    }
}
