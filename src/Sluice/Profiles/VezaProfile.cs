namespace Sluice.Profiles;

/// <summary>As Veza shows API calls: every member always there, texts empty where an event has none, times in nanoseconds.</summary>
internal sealed class VezaProfile() : JsonProfile("veza")
{
    private static ReadOnlySpan<byte> Nothing => "\"\""u8;

    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        WriteIdentity(e, ref json);
        WriteStatus(e, ref json);
        json.Open("client"u8);
        json.CopyOr("ip"u8, e[EventField.SourceIp], Nothing);
        json.CopyOr("user_agent"u8, e[EventField.UserAgent], Nothing);
        json.Close();
        json.CopyOr("endpoint"u8, e[EventField.Endpoint], Nothing);
        json.CopyOr("method"u8, e[EventField.Method], Nothing);
        json.CopyOr("url"u8, e[EventField.Url], Nothing);
        json.CopyOr("request_id"u8, e.Or(EventField.RequestId, EventField.Id), Nothing);
        json.CopyOr("request"u8, e[EventField.Request], "{}"u8);
        json.CopyOr("response"u8, e[EventField.Response], "{}"u8);
        var ended = e.Or(EventField.EndedAt, EventField.Timestamp);
        json.CopyOr("started_at"u8, e[EventField.StartedAt], ended);
        json.Copy("ended_at"u8, ended);
    }

    private static void WriteIdentity(in EventText e, ref MemberWriter json)
    {
        json.Open("identity"u8);
        json.CopyOr("user_id"u8, e[EventField.ActorId], Nothing);
        json.CopyOr("session_id"u8, e[EventField.SessionId], Nothing);
        json.CopyOr("api_key_id"u8, e[EventField.ApiKeyId], Nothing);
        json.CopyOr("email"u8, e[EventField.ActorEmail], Nothing);
        json.Close();
    }

    private static void WriteStatus(in EventText e, ref MemberWriter json)
    {
        json.Open("status"u8);
        if (e.Has(EventField.GrpcCode)) json.Copy("grpc_code"u8, e[EventField.GrpcCode]);
        else json.Text("grpc_code"u8, GrpcStatus.Of(e));
        if (e.Has(EventField.HttpStatus)) json.Copy("http_status"u8, e[EventField.HttpStatus]);
        else json.Number("http_status"u8, HttpStatus(e));
        json.CopyOr("error_reason"u8, e[EventField.ErrorReason], Nothing);
        json.Close();
    }

    private static int HttpStatus(in EventText e)
    {
        if (GrpcStatus.TryHttp(e.Text(EventField.GrpcCode), out var status)) return status;
        GrpcStatus.TryHttp(GrpcStatus.Of(e), out status);
        return status;
    }
}
