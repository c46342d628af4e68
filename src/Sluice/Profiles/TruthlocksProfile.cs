using System.Text;

namespace Sluice.Profiles;

/// <summary>
/// As Truthlocks streams events: flat, types and outcomes in upper case, times in milliseconds. It knows two outcomes: a denied event is a failure whose
/// metadata say <c>denied</c>.
/// </summary>
internal sealed class TruthlocksProfile() : JsonProfile("truthlocks")
{
    private static readonly MemberSelection ButDenied = MemberSelection.AllBut([["denied"]]);

    protected override void WriteMembers(in EventText e, ref MemberWriter json)
    {
        json.Copy("id"u8, e[EventField.Id]);
        json.Time("timestamp"u8, e[EventField.Timestamp], 3);
        json.Copy("tenant_id"u8, e[EventField.TenantId]);
        if (e.Has(EventField.ActorType)) json.Text("actor_type"u8, ActorType(e.Text(EventField.ActorType)));
        json.Copy("actor_id"u8, e[EventField.ActorId]);
        json.Copy("action"u8, e[EventField.Action]);
        json.Copy("resource_type"u8, e[EventField.ResourceType]);
        json.Copy("resource_id"u8, e[EventField.ResourceId]);
        json.Copy("service"u8, e[EventField.Service]);
        json.Copy("outcome"u8, e.IsSuccess ? "\"SUCCESS\""u8 : "\"FAILURE\""u8);
        WriteMetadata(e, ref json);
        json.Hash("integrity_hash"u8, e);
    }

    private static ReadOnlySpan<byte> ActorType(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("user"u8) => "USER"u8,
        _ when type.SequenceEqual("machine"u8) => "API_KEY"u8,
        _ when type.SequenceEqual("system"u8) => "SERVICE"u8,
        _ => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(type).ToUpperInvariant()),
    };

    private static void WriteMetadata(in EventText e, ref MemberWriter json)
    {
        if (!e.IsDenied)
        {
            json.Copy("metadata"u8, e[EventField.Metadata]);
            return;
        }

        json.Name("metadata"u8);
        ButDenied.Write(e.Has(EventField.Metadata) ? e[EventField.Metadata] : "{}"u8, json.Output, "\"denied\":true"u8);
    }
}
