using System.Buffers;

namespace Sluice.Profiles;

/// <summary>QRadar's Log Event Extended Format 2.0: one line of text, pairs between tabs. Keys beside LEEF's own are the event's names; metadata is one JSON text.</summary>
internal sealed class LeefProfile() : ParsedProfile("leef")
{
    public override bool IsJson => false;

    protected override void Write(in EventText e, IBufferWriter<byte> output)
    {
        output.Write("LEEF:2.0|Sluice|Audit|1.0|"u8);
        // The header has no escapes.
        foreach (var one in e.Text(EventField.Action)) output.Write([one == '|' ? (byte)'_' : one]);
        output.Write("|x09|"u8);
        var pairs = new KeyValueWriter(output, (byte)'\t', default);
        WriteWhatAndWhen(e, ref pairs);
        WriteWho(e, ref pairs);
        WriteOnWhat(e, ref pairs);
        WriteCall(e, ref pairs);
        pairs.Text("metadata"u8, e[EventField.Metadata]);
        if (e.Shows(LedgerParts.Sequence)) pairs.Number("sequence"u8, e.Stored.Sequence);
        pairs.Hash("integrityHash"u8, e);
    }

    /// <summary>The time as the pattern beside it says, with three fraction digits.</summary>
    private static void WriteWhatAndWhen(in EventText e, ref KeyValueWriter pairs)
    {
        Span<byte> time = stackalloc byte[EventTime.FractionStart + 2 + "+0000"u8.Length];
        e.Text(EventField.Timestamp)[..(EventTime.FractionStart + 2)].CopyTo(time);
        "+0000"u8.CopyTo(time[(EventTime.FractionStart + 2)..]);
        pairs.Text("devTime"u8, time);
        pairs.Text("devTimeFormat"u8, "yyyy-MM-dd'T'HH:mm:ss.SSSZ"u8);
        pairs.Text("cat"u8, e.Text(EventField.Category));
        pairs.Number("sev"u8, e.IsSuccess ? 3 : e.IsDenied ? 6 : 5);
        pairs.Text("id"u8, e.Text(EventField.Id));
        pairs.Text("tenantId"u8, e.Text(EventField.TenantId));
        pairs.Text("action"u8, e.Text(EventField.Action));
        pairs.Text("outcome"u8, e.Text(EventField.Outcome));
        pairs.Text("service"u8, e.Text(EventField.Service));
    }

    private static void WriteWho(in EventText e, ref KeyValueWriter pairs)
    {
        pairs.Text("usrName"u8, e.Text(e.Has(EventField.ActorName) ? EventField.ActorName : EventField.ActorId));
        pairs.Text("actorType"u8, e.Text(EventField.ActorType));
        pairs.Text("actorId"u8, e.Text(EventField.ActorId));
        pairs.Text("actorEmail"u8, e.Text(EventField.ActorEmail));
        pairs.Text("src"u8, e.Text(EventField.SourceIp));
        pairs.Text("userAgent"u8, e.Text(EventField.UserAgent));
        pairs.Text("sessionId"u8, e.Text(EventField.SessionId));
        pairs.Text("apiKeyId"u8, e.Text(EventField.ApiKeyId));
    }

    private static void WriteOnWhat(in EventText e, ref KeyValueWriter pairs)
    {
        pairs.Text("resource"u8, e.Text(EventField.ResourceId));
        pairs.Text("resourceType"u8, e.Text(EventField.ResourceType));
        pairs.Text("resourceName"u8, e.Text(EventField.ResourceName));
    }

    private static void WriteCall(in EventText e, ref KeyValueWriter pairs)
    {
        pairs.Text("requestId"u8, e.Text(EventField.RequestId));
        pairs.Text("endpoint"u8, e.Text(EventField.Endpoint));
        pairs.Text("method"u8, e.Text(EventField.Method));
        pairs.Text("url"u8, e.Text(EventField.Url));
        pairs.Text("grpcCode"u8, e.Text(EventField.GrpcCode));
        pairs.Text("httpStatus"u8, e.Text(EventField.HttpStatus));
        pairs.Text("reason"u8, e.Text(EventField.ErrorReason));
        pairs.Text("startedAt"u8, e.Text(EventField.StartedAt));
        pairs.Text("endedAt"u8, e.Text(EventField.EndedAt));
        pairs.Text("request"u8, e[EventField.Request]);
        pairs.Text("response"u8, e[EventField.Response]);
    }
}
