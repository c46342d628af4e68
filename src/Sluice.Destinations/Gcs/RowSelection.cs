using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Streams;

namespace Sluice.Destinations.Gcs;

/// <summary>
/// Which columns a row has. A member of a spelled event that is named like a column of the events' table is there only if it is selected, and the payload
/// only for the listed types, otherwise null. Members that are no columns, which other profiles than ZITADEL's have, are left alone.
/// </summary>
internal sealed class RowSelection
{
    public const string Payload = "payload";

    /// <summary>Stands for all types in a list of types.</summary>
    public const string AllTypes = "*";

    /// <summary>What is selected unless a user says otherwise. Payloads may hold personal data, so they are not.</summary>
    public static readonly IReadOnlyList<string> Usual = ["instance_id", "aggregate_type", "aggregate_id", "owner", "event_type", "sequence", "created_at"];

    public static readonly IReadOnlyList<string> Known = [.. Usual, Payload, "creator"];

    private readonly byte[][] _left;
    private readonly bool _payloadOfAll;
    private readonly EventTypes _payloadFor;

    public RowSelection(IReadOnlyList<string> columns, IReadOnlyList<string> payloadFor)
    {
        _payloadOfAll = payloadFor.Contains(AllTypes);
        _payloadFor = new EventTypes([.. payloadFor.Where(type => type != AllTypes)]);
        var selected = payloadFor.Count > 0 ? columns.Append(Payload) : columns.Where(column => column != Payload);
        _left = [.. Known.Except(selected).Select(Encoding.UTF8.GetBytes)];
    }

    /// <param name="spelled">The event as its profile spells it; one that is no JSON object goes as it is.</param>
    public void Write(ReadOnlySpan<byte> spelled, ReadOnlySpan<byte> action, IBufferWriter<byte> output)
    {
        if (spelled is not [(byte)'{', ..])
        {
            output.Write(spelled);
            return;
        }

        var reader = new Utf8JsonReader(spelled);
        var separator = "{"u8;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isLeft = IsLeft(ref reader);
            var isHidden = reader.ValueTextEquals("payload"u8) && !_payloadOfAll && !_payloadFor.Match(action);
            reader.Read();
            reader.Skip();
            if (isLeft) continue;
            output.Write(separator);
            output.Write(isHidden ? "\"payload\":null"u8 : spelled[start..(int)reader.BytesConsumed]);
            separator = ","u8;
        }

        output.Write(separator.SequenceEqual("{"u8) ? "{}"u8 : "}"u8);
    }

    private bool IsLeft(ref Utf8JsonReader reader)
    {
        foreach (var name in _left)
        {
            if (reader.ValueTextEquals(name)) return true;
        }

        return false;
    }
}
