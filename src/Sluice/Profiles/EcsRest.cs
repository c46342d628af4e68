namespace Sluice.Profiles;

/// <summary>What ECS has no field for, below <c>sluice</c> and under the event's own names.</summary>
internal static class EcsRest
{
    public static void Write(in EventText e, ref MemberWriter json)
    {
        if (!e.HasAny(
            EventField.Category, EventField.ActorType, EventField.ActorMore, EventField.Resource, EventField.SessionId, EventField.ApiKeyId,
            EventField.Endpoint, EventField.GrpcCode, EventField.Request, EventField.Response, EventField.Metadata)) return;
        json.Open("sluice"u8);
        json.Copy("category"u8, e[EventField.Category]);
        WriteActor(e, ref json);
        json.Copy("resource"u8, e[EventField.Resource]);
        json.Copy("session_id"u8, e[EventField.SessionId]);
        json.Copy("api_key_id"u8, e[EventField.ApiKeyId]);
        WriteCall(e, ref json);
        json.Copy("metadata"u8, e[EventField.Metadata]);
        json.Close();
    }

    private static readonly MemberSelection ActorTypeAndMore = MemberSelection.AllBut([["id"], ["name"], ["email"]]);

    private static void WriteActor(in EventText e, ref MemberWriter json)
    {
        if (e.HasAny(EventField.ActorType, EventField.ActorMore)) json.Rest("actor"u8, e[EventField.Actor], ActorTypeAndMore);
    }

    private static void WriteCall(in EventText e, ref MemberWriter json)
    {
        if (!e.HasAny(EventField.Endpoint, EventField.GrpcCode, EventField.Request, EventField.Response)) return;
        json.Open("api_call"u8);
        json.Copy("endpoint"u8, e[EventField.Endpoint]);
        json.Copy("grpc_code"u8, e[EventField.GrpcCode]);
        json.Copy("request"u8, e[EventField.Request]);
        json.Copy("response"u8, e[EventField.Response]);
        json.Close();
    }
}
