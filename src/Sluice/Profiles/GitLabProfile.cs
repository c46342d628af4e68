namespace Sluice.Profiles;

/// <summary>
/// As GitLab streams audit events: every member always there, null where an event has none, times in milliseconds. What GitLab has no member for stands in
/// <c>details</c>, which has no schema.
/// </summary>
internal sealed class GitLabProfile() : JsonProfile("gitlab")
{
    private static ReadOnlySpan<byte> Nothing => "null"u8;

    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        json.Copy("id"u8, e[EventField.Id]);
        json.CopyOr("author_id"u8, e[EventField.ActorId], Nothing);
        json.CopyOr("entity_id"u8, EventSubject.Id(e), Nothing);
        json.CopyOr("entity_type"u8, EventSubject.Type(e), Nothing);
        WriteDetails(e, ref json);
        json.CopyOr("ip_address"u8, e[EventField.SourceIp], Nothing);
        json.CopyOr("author_name"u8, e[EventField.ActorName], Nothing);
        json.CopyOr("entity_path"u8, e[EventField.TenantId], Nothing);
        json.CopyOr("target_details"u8, e[EventField.ResourceName], Nothing);
        json.Time("created_at"u8, e[EventField.Timestamp], 3);
        json.CopyOr("target_type"u8, e[EventField.ResourceType], Nothing);
        json.CopyOr("target_id"u8, e[EventField.ResourceId], Nothing);
        json.Copy("event_type"u8, e[EventField.Action]);
    }

    private static void WriteDetails(in EventText e, ref MemberWriter json)
    {
        json.Open("details"u8);
        json.Copy("author_class"u8, e[EventField.ActorType]);
        json.Copy("author_email"u8, e[EventField.ActorEmail]);
        json.Copy("outcome"u8, e[EventField.Outcome]);
        json.Copy("category"u8, e[EventField.Category]);
        json.Copy("service"u8, e[EventField.Service]);
        json.Copy("user_agent"u8, e[EventField.UserAgent]);
        json.Copy("session_id"u8, e[EventField.SessionId]);
        json.Copy("api_key_id"u8, e[EventField.ApiKeyId]);
        json.Copy("request_id"u8, e[EventField.RequestId]);
        json.Rest("actor"u8, e[EventField.ActorMore], EventSubject.ActorRest);
        json.Rest("resource"u8, e[EventField.ResourceMore], EventSubject.ResourceRest);
        json.Copy("api_call"u8, e[EventField.ApiCall]);
        json.Copy("metadata"u8, e[EventField.Metadata]);
        json.Close();
    }
}
