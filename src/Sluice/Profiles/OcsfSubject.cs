using System.Buffers;

namespace Sluice.Profiles;

/// <summary>What each OCSF class says of its own.</summary>
internal static class OcsfSubject
{
    /// <summary>Authentication: who, and into what; where no service is named, that is the tenant.</summary>
    public static void WriteLogon(in EventText e, ref MemberWriter json)
    {
        OcsfContext.WriteActor(e, ref json);
        OcsfContext.WriteUser(e, ref json);
        json.Open("service"u8);
        json.Copy(e.Has(EventField.Service) ? "name"u8 : "uid"u8, e.Or(EventField.Service, EventField.TenantId));
        json.Close();
        if (e.Has(EventField.SessionId))
        {
            json.Open("session"u8);
            json.Copy("uid"u8, e[EventField.SessionId]);
            json.Close();
        }

        OcsfContext.WriteSource(e, isRequired: false, ref json);
    }

    /// <summary>Entity Management: who did something to what.</summary>
    public static void WriteEntity(in EventText e, ref MemberWriter json)
    {
        OcsfContext.WriteActor(e, ref json);
        json.Open("entity"u8);
        WriteResource(e, ref json);
        json.Close();
        OcsfContext.WriteSource(e, isRequired: false, ref json);
    }

    /// <summary>API Activity: who called what, on which resource.</summary>
    public static void WriteCall(in EventText e, ref MemberWriter json)
    {
        OcsfContext.WriteActor(e, ref json);
        WriteApi(e, ref json);
        if (e.HasAny(EventField.ResourceId, EventField.ResourceName, EventField.ResourceType))
        {
            json.Name("resources"u8);
            json.Output.Write("["u8);
            json.Open();
            WriteResource(e, ref json);
            json.Close();
            json.Output.Write("]"u8);
        }

        OcsfContext.WriteSource(e, isRequired: true, ref json);
    }

    private static void WriteApi(in EventText e, ref MemberWriter json)
    {
        json.Open("api"u8);
        json.Copy("operation"u8, e.Or(EventField.Endpoint, EventField.Action));
        if (e.Has(EventField.Service))
        {
            json.Open("service"u8);
            json.Copy("name"u8, e[EventField.Service]);
            json.Close();
        }

        if (e.HasAny(EventField.RequestId, EventField.Request)) WriteRequest(e, ref json);
        if (e.HasAny(EventField.GrpcCode, EventField.HttpStatus, EventField.Response)) WriteResponse(e, ref json);
        json.Close();
    }

    private static void WriteRequest(in EventText e, ref MemberWriter json)
    {
        json.Open("request"u8);
        json.Copy("uid"u8, e.Or(EventField.RequestId, EventField.Id));
        json.Copy("data"u8, e[EventField.Request]);
        json.Close();
    }

    private static void WriteResponse(in EventText e, ref MemberWriter json)
    {
        json.Open("response"u8);
        json.Copy("code"u8, e[EventField.HttpStatus]);
        json.Copy("error"u8, e[EventField.GrpcCode]);
        json.Copy("data"u8, e[EventField.Response]);
        json.Close();
    }

    private static void WriteResource(in EventText e, ref MemberWriter json)
    {
        json.Copy("uid"u8, e[EventField.ResourceId]);
        json.Copy("name"u8, e[EventField.ResourceName]);
        json.Copy("type"u8, e[EventField.ResourceType]);
    }
}
