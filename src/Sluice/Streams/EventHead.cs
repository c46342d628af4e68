using System.Text;
using System.Text.Json;

namespace Sluice.Streams;

/// <summary>The few members of an event that streams need, read from the front of its body without parsing the rest.</summary>
public readonly ref struct EventHead
{
    public ReadOnlySpan<byte> Id { get; private init; }

    public ReadOnlySpan<byte> Timestamp { get; private init; }

    public ReadOnlySpan<byte> TenantId { get; private init; }

    public ReadOnlySpan<byte> Action { get; private init; }

    public static EventHead Of(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> id = default, timestamp = default, tenant = default, action = default;
        var reader = new Utf8JsonReader(body);
        var missing = 4;
        reader.Read();
        while (missing > 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) id = Value(ref reader, ref missing);
            else if (reader.ValueTextEquals("timestamp"u8)) timestamp = Value(ref reader, ref missing);
            else if (reader.ValueTextEquals("tenant_id"u8)) tenant = Value(ref reader, ref missing);
            else if (reader.ValueTextEquals("action"u8)) action = Value(ref reader, ref missing);
            else reader.Skip();
        }

        return new EventHead { Id = id, Timestamp = timestamp, TenantId = tenant, Action = action };
    }

    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader, scoped ref int missing)
    {
        missing--;
        reader.Read();
        return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
    }
}
