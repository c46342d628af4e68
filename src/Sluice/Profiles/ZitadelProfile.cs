using System.Buffers;
using System.Text.Json;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>As rows of ZITADEL's <c>eventstore.events2</c>, members in alphabetical order. The aggregate is the resource, else the actor; instance and owner are the tenant.</summary>
public sealed class ZitadelProfile : IProfile
{
    public string Name => "zitadel";

    public void Write(in StoredEvent stored, IBufferWriter<byte> output)
    {
        using var document = JsonDocument.Parse(stored.Body);
        var root = document.RootElement;
        var actor = root.GetProperty("actor");
        var about = root.TryGetProperty("resource", out var resource) ? resource : actor;
        var tenant = root.GetProperty("tenant_id").GetString();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("aggregate_id", Text(about, "id"));
        json.WriteString("aggregate_type", Text(about, "type"));
        json.WriteString("created_at", Microseconds(root.GetProperty("timestamp").GetString()!));
        json.WriteString("creator", Text(actor, "id"));
        json.WriteString("event_type", root.GetProperty("action").GetString());
        json.WriteString("instance_id", tenant);
        json.WriteString("owner", tenant);
        json.WritePropertyName("payload");
        if (root.TryGetProperty("metadata", out var metadata)) metadata.WriteTo(json);
        else json.WriteNullValue();
        json.WriteNumber("sequence", stored.Sequence);
        json.WriteEndObject();
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Microseconds(string time) => Timestamp.TryParse(time, out var nanoseconds) ? $"{Timestamp.Text(nanoseconds)[..26]}Z" : time;
}
