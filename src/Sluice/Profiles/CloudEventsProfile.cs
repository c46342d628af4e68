using System.Text;

namespace Sluice.Profiles;

/// <summary>A CloudEvents 1.0 envelope in structured JSON around the event as profile <c>sluice</c> spells it. <c>source</c> and <c>id</c> tell events apart.</summary>
internal sealed class CloudEventsProfile() : JsonProfile("cloudevents")
{
    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        json.Copy("specversion"u8, "\"1.0\""u8);
        json.Copy("id"u8, e[EventField.Id]);
        json.Text("source"u8, Source(e.Text(EventField.TenantId)));
        json.Copy("type"u8, e[EventField.Action]);
        json.Copy("time"u8, e[EventField.Timestamp]);
        WriteSubject(e, ref json);
        json.Copy("datacontenttype"u8, "\"application/json\""u8);
        json.Name("data"u8);
        SluiceProfile.Instance.Write(e.Stored, e.Shown, json.Output);
    }

    /// <summary>A URI reference, as the specification asks for.</summary>
    private static byte[] Source(ReadOnlySpan<byte> tenant) => Encoding.UTF8.GetBytes("/tenants/" + Uri.EscapeDataString(Encoding.UTF8.GetString(tenant)));

    private static void WriteSubject(in EventText e, ref MemberWriter json)
    {
        if (!e.Has(EventField.ResourceId) || e.Text(EventField.ResourceId).IsEmpty) return;
        if (!e.Has(EventField.ResourceType)) json.Copy("subject"u8, e[EventField.ResourceId]);
        else json.Text("subject"u8, [.. e.Text(EventField.ResourceType), (byte)'/', .. e.Text(EventField.ResourceId)]);
    }
}
