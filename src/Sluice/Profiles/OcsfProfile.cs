namespace Sluice.Profiles;

/// <summary>
/// Open Cybersecurity Schema Framework 1.7. Logons and logoffs are Authentication, other API calls are API Activity, what was done to a resource is Entity
/// Management, anything else API Activity. What a class has no attribute for stands in <c>unmapped</c>.
/// </summary>
internal sealed class OcsfProfile() : JsonProfile("ocsf")
{
    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        var type = OcsfClass.Of(e);
        WriteKind(e, type, ref json);
        WriteOutcome(e, ref json);
        OcsfContext.WriteMetadata(e, ref json);
        switch (type.Uid)
        {
            case OcsfClass.Authentication: OcsfSubject.WriteLogon(e, ref json); break;
            case OcsfClass.EntityManagement: OcsfSubject.WriteEntity(e, ref json); break;
            default: OcsfSubject.WriteCall(e, ref json); break;
        }

        OcsfContext.WriteHttp(e, ref json);
        OcsfRest.Write(e, type, ref json);
    }

    private static void WriteKind(in EventText e, OcsfClass type, ref MemberWriter json)
    {
        json.Number("category_uid"u8, type.Uid / 1000);
        json.Number("class_uid"u8, type.Uid);
        json.Number("activity_id"u8, type.Activity);
        if (type.Activity == OcsfClass.OtherActivity) json.Copy("activity_name"u8, e[EventField.Action]);
        json.Number("type_uid"u8, type.Uid * 100 + type.Activity);
        json.Number("time"u8, EventTime.Milliseconds(e[EventField.Timestamp]));
        if (e.Has(EventField.StartedAt)) json.Number("start_time"u8, EventTime.Milliseconds(e[EventField.StartedAt]));
        if (e.Has(EventField.EndedAt)) json.Number("end_time"u8, EventTime.Milliseconds(e[EventField.EndedAt]));
    }

    /// <summary>The status knows success and failure; <c>status_code</c> keeps the event's own word.</summary>
    private static void WriteOutcome(in EventText e, ref MemberWriter json)
    {
        json.Number("severity_id"u8, e.IsSuccess ? 1 : e.IsDenied ? 3 : 2);
        json.Number("status_id"u8, e.IsSuccess ? 1 : 2);
        json.Copy("status_code"u8, e[EventField.Outcome]);
        json.Copy("status_detail"u8, e[EventField.ErrorReason]);
        json.Copy("message"u8, e[EventField.Action]);
    }
}
