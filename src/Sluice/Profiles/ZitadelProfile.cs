namespace Sluice.Profiles;

/// <summary>
/// As rows of ZITADEL's <c>eventstore.events2</c> leave a changefeed: members in alphabetical order, ids as strings, the sequence as a number, times in
/// microseconds. The aggregate is what the event is about; instance and owner are the tenant.
/// </summary>
internal sealed class ZitadelProfile() : JsonProfile("zitadel")
{
    private static ReadOnlySpan<byte> Nothing => "null"u8;

    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        json.CopyOr("aggregate_id"u8, EventSubject.Id(e), Nothing);
        json.CopyOr("aggregate_type"u8, EventSubject.Type(e), Nothing);
        json.Time("created_at"u8, e[EventField.Timestamp], 6);
        json.CopyOr("creator"u8, e[EventField.ActorId], Nothing);
        json.Copy("event_type"u8, e[EventField.Action]);
        json.CopyOr("instance_id"u8, e[EventField.TenantId], Nothing);
        json.CopyOr("owner"u8, e[EventField.TenantId], Nothing);
        json.CopyOr("payload"u8, e[EventField.Metadata], Nothing);
        if (e.Shows(LedgerParts.Sequence)) json.Number("sequence"u8, e.Stored.Sequence);
    }
}
