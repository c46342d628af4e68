namespace Sluice.Profiles;

/// <summary>
/// Elastic Common Schema 9.4. What it has no field for stands below <c>sluice</c>, as ECS asks custom fields to; <c>event.hash</c> is the integrity hash.
/// </summary>
internal sealed class EcsProfile() : JsonProfile("ecs")
{
    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        json.Copy("@timestamp"u8, e[EventField.Timestamp]);
        json.Open("ecs"u8);
        json.Copy("version"u8, "\"9.4.0\""u8);
        json.Close();
        WriteEvent(e, ref json);
        WriteTenantAndService(e, ref json);
        WriteUser(e, ref json);
        WriteSource(e, ref json);
        WriteCall(e, ref json);
        EcsRest.Write(e, ref json);
    }

    private static void WriteEvent(in EventText e, ref MemberWriter json)
    {
        json.Open("event"u8);
        json.Copy("id"u8, e[EventField.Id]);
        json.Copy("kind"u8, "\"event\""u8);
        json.Copy("category"u8, EcsCategory.Of(e));
        json.Copy("type"u8, EcsCategory.TypeOf(e));
        json.Copy("action"u8, e[EventField.Action]);
        json.Copy("outcome"u8, e.IsSuccess ? "\"success\""u8 : "\"failure\""u8);
        json.Copy("reason"u8, e[EventField.ErrorReason]);
        json.Copy("start"u8, e[EventField.StartedAt]);
        json.Copy("end"u8, e[EventField.EndedAt]);
        if (e.Shows(LedgerParts.PersistedAt)) json.Time("created"u8, e.Stored.PersistedAt);
        if (e.Shows(LedgerParts.Sequence)) json.Number("sequence"u8, e.Stored.Sequence);
        json.Hash("hash"u8, e);
        json.Close();
    }

    private static void WriteTenantAndService(in EventText e, ref MemberWriter json)
    {
        if (e.Has(EventField.TenantId))
        {
            json.Open("organization"u8);
            json.Copy("id"u8, e[EventField.TenantId]);
            json.Close();
        }

        if (!e.Has(EventField.Service)) return;
        json.Open("service"u8);
        json.Copy("name"u8, e[EventField.Service]);
        json.Close();
    }

    private static void WriteUser(in EventText e, ref MemberWriter json)
    {
        if (!e.HasAny(EventField.ActorId, EventField.ActorName, EventField.ActorEmail)) return;
        json.Open("user"u8);
        json.Copy("id"u8, e[EventField.ActorId]);
        json.Copy("name"u8, e[EventField.ActorName]);
        json.Copy("email"u8, e[EventField.ActorEmail]);
        json.Close();
    }

    /// <summary><c>source.ip</c> takes addresses only: anything else there would have the whole document refused.</summary>
    private static void WriteSource(in EventText e, ref MemberWriter json)
    {
        if (!e.Has(EventField.SourceIp)) return;
        json.Open("source"u8);
        json.Copy("address"u8, e[EventField.SourceIp]);
        if (IpText.FamilyOf(e.Text(EventField.SourceIp)) is not null) json.Copy("ip"u8, e[EventField.SourceIp]);
        json.Close();
    }

    private static void WriteCall(in EventText e, ref MemberWriter json)
    {
        if (e.Has(EventField.UserAgent))
        {
            json.Open("user_agent"u8);
            json.Copy("original"u8, e[EventField.UserAgent]);
            json.Close();
        }

        if (e.Has(EventField.Url))
        {
            json.Open("url"u8);
            json.Copy("original"u8, e[EventField.Url]);
            json.Close();
        }

        WriteHttp(e, ref json);
    }

    private static void WriteHttp(in EventText e, ref MemberWriter json)
    {
        if (!e.HasAny(EventField.Method, EventField.RequestId, EventField.HttpStatus)) return;
        json.Open("http"u8);
        if (e.HasAny(EventField.Method, EventField.RequestId))
        {
            json.Open("request"u8);
            json.Copy("id"u8, e[EventField.RequestId]);
            json.Copy("method"u8, e[EventField.Method]);
            json.Close();
        }

        if (e.Has(EventField.HttpStatus))
        {
            json.Open("response"u8);
            json.Copy("status_code"u8, e[EventField.HttpStatus]);
            json.Close();
        }

        json.Close();
    }
}
