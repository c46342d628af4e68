namespace Sluice.Profiles;

/// <summary>What an event's OCSF class has no attribute for, in <c>unmapped</c> and under the event's own names.</summary>
internal static class OcsfRest
{
    private static readonly MemberSelection Elsewhere = MemberSelection.AllBut([["method"], ["url"], ["http_status"], ["error_reason"], ["started_at"], ["ended_at"]]);

    public static void Write(in EventText e, OcsfClass type, ref MemberWriter json)
    {
        json.Open("unmapped"u8);
        json.Copy("category"u8, e[EventField.Category]);
        if (type.Uid == OcsfClass.EntityManagement) json.Copy("service"u8, e[EventField.Service]);
        if (type.Uid == OcsfClass.Authentication) json.Copy("resource"u8, e[EventField.Resource]);
        else json.Rest("resource"u8, e[EventField.ResourceMore], EventSubject.ResourceRest);
        json.Rest("actor"u8, e[EventField.ActorMore], EventSubject.ActorRest);
        if (type.Uid != OcsfClass.ApiActivity && e.HasAny(EventField.Endpoint, EventField.GrpcCode, EventField.Request, EventField.Response))
            json.Rest("api_call"u8, e[EventField.ApiCall], Elsewhere);
        json.Copy("metadata"u8, e[EventField.Metadata]);
        json.Hash("integrity_hash"u8, e);
        json.Close();
    }
}
