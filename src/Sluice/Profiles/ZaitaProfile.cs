namespace Sluice.Profiles;

/// <summary>As the Zaita platform exports its audit events: times in milliseconds; what an event has not is left out.</summary>
internal sealed class ZaitaProfile() : JsonProfile("zaita")
{
    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        json.Copy("event_id"u8, e[EventField.Id]);
        json.Time("timestamp"u8, e[EventField.Timestamp], 3);
        json.Copy("tenant_id"u8, e[EventField.TenantId]);
        WriteActor(e, ref json);
        json.Copy("action"u8, e[EventField.Action]);
        WriteResource(e, ref json);
        json.Copy("outcome"u8, e[EventField.Outcome]);
        json.Copy("metadata"u8, e[EventField.Metadata]);
        json.Copy("source_ip"u8, e[EventField.SourceIp]);
    }

    private static void WriteActor(in EventText e, ref MemberWriter json)
    {
        if (!e.HasAny(EventField.ActorType, EventField.ActorId, EventField.ActorEmail)) return;
        json.Open("actor"u8);
        json.Copy("type"u8, e[EventField.ActorType]);
        json.Copy("id"u8, e[EventField.ActorId]);
        json.Copy("email"u8, e[EventField.ActorEmail]);
        json.Close();
    }

    private static void WriteResource(in EventText e, ref MemberWriter json)
    {
        if (!e.HasAny(EventField.ResourceType, EventField.ResourceId, EventField.ResourceName)) return;
        json.Open("resource"u8);
        json.Copy("type"u8, e[EventField.ResourceType]);
        json.Copy("id"u8, e[EventField.ResourceId]);
        json.Copy("name"u8, e[EventField.ResourceName]);
        json.Close();
    }
}
