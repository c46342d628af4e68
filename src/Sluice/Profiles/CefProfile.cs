using System.Buffers;
using System.Net.Sockets;

namespace Sluice.Profiles;

/// <summary>ArcSight's Common Event Format: one line of text. Custom strings carry what CEF has no key for; the metadata as one JSON text.</summary>
internal sealed class CefProfile() : ParsedProfile("cef")
{
    public override bool IsJson => false;

    protected override void Write(in EventText e, IBufferWriter<byte> output)
    {
        WriteHeader(e, output);
        var pairs = new KeyValueWriter(output, (byte)' ', "="u8);
        WriteWhatAndWhen(e, ref pairs);
        WriteWhoAndWhere(e, ref pairs);
        WriteCustom(e, ref pairs);
    }

    private static void WriteHeader(in EventText e, IBufferWriter<byte> output)
    {
        output.Write("CEF:0|Sluice|Audit|1.0|"u8);
        WriteInHeader(e.Text(EventField.Action), output);
        output.Write("|"u8);
        WriteInHeader(e.Text(EventField.Action), output);
        output.Write(e.IsSuccess ? "|3|"u8 : e.IsDenied ? "|6|"u8 : "|5|"u8);
    }

    private static void WriteInHeader(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        foreach (var one in text)
        {
            if (one is (byte)'|' or (byte)'\\') output.Write("\\"u8);
            output.Write([one]);
        }
    }

    private static void WriteWhatAndWhen(in EventText e, ref KeyValueWriter pairs)
    {
        pairs.Number("rt"u8, EventTime.Milliseconds(e[EventField.Timestamp]));
        if (e.Has(EventField.StartedAt)) pairs.Number("start"u8, EventTime.Milliseconds(e[EventField.StartedAt]));
        if (e.Has(EventField.EndedAt)) pairs.Number("end"u8, EventTime.Milliseconds(e[EventField.EndedAt]));
        pairs.Text("externalId"u8, e.Text(EventField.Id));
        pairs.Text("cat"u8, e.Text(EventField.Category));
        pairs.Text("act"u8, e.Text(EventField.Action));
        pairs.Text("outcome"u8, e.Text(EventField.Outcome));
        pairs.Text("reason"u8, e.Text(EventField.ErrorReason));
    }

    private static void WriteWhoAndWhere(in EventText e, ref KeyValueWriter pairs)
    {
        pairs.Text("suid"u8, e.Text(EventField.ActorId));
        pairs.Text("suser"u8, e.Text(EventField.ActorName));
        WriteAddress(e.Text(EventField.SourceIp), ref pairs);
        pairs.Text("requestClientApplication"u8, e.Text(EventField.UserAgent));
        pairs.Text("requestMethod"u8, e.Text(EventField.Method));
        pairs.Text("request"u8, e.Text(EventField.Url));
        pairs.Text("destinationServiceName"u8, e.Text(EventField.Service));
    }

    private static void WriteAddress(ReadOnlySpan<byte> address, ref KeyValueWriter pairs)
    {
        switch (IpText.FamilyOf(address))
        {
            case AddressFamily.InterNetwork: pairs.Text("src"u8, address); break;
            case AddressFamily.InterNetworkV6: pairs.Labelled("c6a2"u8, "c6a2Label"u8, "Source IPv6 Address"u8, address); break;
            default: pairs.Text("shost"u8, address); break;
        }
    }

    private static void WriteCustom(in EventText e, ref KeyValueWriter pairs)
    {
        pairs.Labelled("cs1"u8, "cs1Label"u8, "tenant"u8, e.Text(EventField.TenantId));
        pairs.Labelled("cs2"u8, "cs2Label"u8, "resourceType"u8, e.Text(EventField.ResourceType));
        pairs.Labelled("cs3"u8, "cs3Label"u8, "resourceId"u8, e.Text(EventField.ResourceId));
        pairs.Labelled("cs4"u8, "cs4Label"u8, "resourceName"u8, e.Text(EventField.ResourceName));
        if (e.Shows(LedgerParts.IntegrityHash)) pairs.Text("cs5Label"u8, "integrityHash"u8);
        pairs.Hash("cs5"u8, e);
        pairs.Labelled("cs6"u8, "cs6Label"u8, "metadata"u8, e[EventField.Metadata]);
        pairs.Labelled("flexString1"u8, "flexString1Label"u8, "actorType"u8, e.Text(EventField.ActorType));
        pairs.Labelled("flexString2"u8, "flexString2Label"u8, "actorEmail"u8, e.Text(EventField.ActorEmail));
        if (e.Shows(LedgerParts.Sequence)) pairs.Text("cn1Label"u8, "sequence"u8);
        if (e.Shows(LedgerParts.Sequence)) pairs.Number("cn1"u8, e.Stored.Sequence);
        pairs.Labelled("cn2"u8, "cn2Label"u8, "httpStatus"u8, e.Text(EventField.HttpStatus));
    }
}
