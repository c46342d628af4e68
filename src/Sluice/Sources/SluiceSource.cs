using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Events;

namespace Sluice.Sources;

/// <summary>
/// Events as Sluice spells them: exports, and what senders write. They pass as they stand; an absent id is made, an absent tenant filled in,
/// and an export's proofs are left out.
/// </summary>
/// <param name="tenant">For events that name none; null leaves that to the key.</param>
internal sealed class SluiceSource(string? tenant) : IEventSource
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly byte[]? _tenant = tenant is null ? null : Encoding.UTF8.GetBytes($"\"tenant_id\":{JsonSerializer.Serialize(tenant)},");
    private readonly List<Range> _kept = [];

    public Refusal? Write(ReadOnlyMemory<byte> record, long number, ArrayBufferWriter<byte> output)
    {
        try
        {
            var members = Members(record.Span, out var isObject);
            if (!isObject) return new Refusal(RefusalCode.InvalidType, null, "An event is a JSON object.");
            if (!members.IsOnlyCheckpoint) Write(record.Span, number, members, output);
            return null;
        }
        catch (JsonException problem)
        {
            return new Refusal(RefusalCode.InvalidJson, null, JsonProblem.Reason(problem));
        }
    }

    private void Write(ReadOnlySpan<byte> record, long number, Found members, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        if (!members.Id) output.Write(Encoding.ASCII.GetBytes($"\"id\":\"{MadeId.Of(record, number)}\","));
        if (!members.Tenant && _tenant is not null) output.Write(_tenant);
        for (var i = 0; i < _kept.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            OneLine(record[_kept[i]], output);
        }

        output.Write("}"u8);
    }

    /// <summary>Line ends stand between JSON's tokens only, so blanks say the same.</summary>
    private static void OneLine(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        var room = output.GetSpan(json.Length)[..json.Length];
        json.CopyTo(room);
        room.Replace((byte)'\n', (byte)' ');
        output.Advance(json.Length);
    }

    private Found Members(ReadOnlySpan<byte> record, out bool isObject)
    {
        _kept.Clear();
        var found = default(Found);
        var reader = new Utf8JsonReader(record, Options);
        reader.Read();
        isObject = reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName) Member(ref reader, ref found);
        if (!isObject) reader.Skip();
        reader.Read();   // past the end: whatever follows the object makes this throw
        return found;
    }

    private void Member(ref Utf8JsonReader reader, ref Found found)
    {
        var start = (int)reader.TokenStartIndex;
        var (isId, isTenant) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("tenant_id"u8));
        var (isProof, isCheckpoint) = (reader.ValueTextEquals("proof"u8), reader.ValueTextEquals("checkpoint"u8));
        reader.Read();
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        found.Count++;
        found.Id |= isId && !isNull;
        found.Tenant |= isTenant && !isNull;
        found.Checkpoint |= isCheckpoint;
        if (!isProof && !(isNull && (isId || isTenant))) _kept.Add(start..(int)reader.BytesConsumed);
    }

    private struct Found
    {
        public bool Id, Tenant, Checkpoint;
        public int Count;

        public readonly bool IsOnlyCheckpoint => Checkpoint && Count == 1;
    }
}
