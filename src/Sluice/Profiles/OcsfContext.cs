namespace Sluice.Profiles;

/// <summary>The OCSF objects that events of every class have: where the event is from, who acted, over which connection.</summary>
internal static class OcsfContext
{
    public static void WriteMetadata(in EventText e, ref MemberWriter json)
    {
        json.Open("metadata"u8);
        json.Copy("version"u8, "\"1.7.0\""u8);
        json.Copy("product"u8, "{\"name\":\"Sluice\",\"vendor_name\":\"Sluice\"}"u8);
        json.Copy("uid"u8, e[EventField.Id]);
        json.Copy("tenant_uid"u8, e[EventField.TenantId]);
        json.Copy("event_code"u8, e[EventField.Action]);
        json.Copy("original_time"u8, e[EventField.Timestamp]);
        if (e.Shows(LedgerParts.PersistedAt)) json.Number("logged_time"u8, EventTime.Milliseconds(e.Stored.PersistedAt));
        if (e.Shows(LedgerParts.Sequence)) json.Number("sequence"u8, e.Stored.Sequence);
        json.Close();
    }

    public static void WriteActor(in EventText e, ref MemberWriter json)
    {
        json.Open("actor"u8);
        if (e.HasAny(EventField.ActorId, EventField.ActorName, EventField.ActorEmail, EventField.ActorType)) WriteUser(e, ref json);
        if (e.Has(EventField.SessionId))
        {
            json.Open("session"u8);
            json.Copy("uid"u8, e[EventField.SessionId]);
            json.Close();
        }

        json.Close();
    }

    public static void WriteUser(in EventText e, ref MemberWriter json)
    {
        json.Open("user"u8);
        json.Copy("uid"u8, e[EventField.ActorId]);
        json.Copy("name"u8, e[EventField.ActorName]);
        json.Copy("email_addr"u8, e[EventField.ActorEmail]);
        json.Copy("type"u8, e[EventField.ActorType]);
        if (e.Has(EventField.ActorType)) json.Number("type_id"u8, UserType(e.Text(EventField.ActorType)));
        json.Copy("credential_uid"u8, e[EventField.ApiKeyId]);
        json.Close();
    }

    /// <param name="isRequired">The class asks for an endpoint: where the address is not known, the service or the actor stands for it.</param>
    public static void WriteSource(in EventText e, bool isRequired, ref MemberWriter json)
    {
        if (!isRequired && !e.Has(EventField.SourceIp)) return;
        json.Open("src_endpoint"u8);
        if (e.Has(EventField.SourceIp)) json.Copy(IpText.FamilyOf(e.Text(EventField.SourceIp)) is null ? "name"u8 : "ip"u8, e[EventField.SourceIp]);
        else if (e.Has(EventField.Service)) json.Copy("svc_name"u8, e[EventField.Service]);
        else json.Copy("uid"u8, e.Or(EventField.ActorId, EventField.Id));
        json.Close();
    }

    public static void WriteHttp(in EventText e, ref MemberWriter json)
    {
        if (e.HasAny(EventField.Method, EventField.Url, EventField.UserAgent, EventField.RequestId)) WriteHttpRequest(e, ref json);
        if (!e.Has(EventField.HttpStatus)) return;
        json.Open("http_response"u8);
        json.Copy("code"u8, e[EventField.HttpStatus]);
        json.Close();
    }

    private static void WriteHttpRequest(in EventText e, ref MemberWriter json)
    {
        json.Open("http_request"u8);
        json.Copy("uid"u8, e[EventField.RequestId]);
        json.Copy("http_method"u8, e[EventField.Method]);
        json.Copy("user_agent"u8, e[EventField.UserAgent]);
        if (e.Has(EventField.Url))
        {
            json.Open("url"u8);
            json.Copy("url_string"u8, e[EventField.Url]);
            json.Close();
        }

        json.Close();
    }

    /// <summary>1 User, 3 System, 4 Service, 99 Other.</summary>
    private static int UserType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("user"u8) ? 1 : type.SequenceEqual("system"u8) ? 3 : type.SequenceEqual("machine"u8) ? 4 : 99;
}
