using System.Buffers;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>One event on its way to a destination. A kind that frames lines writes <see cref="Spelled"/>; one that puts events into JSON uses the methods here.</summary>
/// <param name="Stored">The event as the ledger keeps it, whole: what it says of persons must not leave but in <paramref name="Spelled"/>, which may be masked.</param>
/// <param name="Spelled">The event in the destination's profile: one JSON text or one line of plain text, without line breaks.</param>
/// <param name="IsJson">Whether the profile writes JSON.</param>
public readonly record struct OutgoingEvent(StoredEvent Stored, ReadOnlyMemory<byte> Spelled, bool IsJson = true)
{
    /// <summary>Bytes that <see cref="WriteObject"/> puts around a plain text, beside its quotes.</summary>
    internal const int ObjectExcess = 12;

    public long Sequence => Stored.Sequence;

    public EventHead Head => EventHead.Of(Stored.Body.Span);

    /// <summary>Writes a JSON value: the event, or a string with its line where the profile is not JSON.</summary>
    public void WriteValue(IBufferWriter<byte> output)
    {
        if (IsJson) output.Write(Spelled.Span);
        else WriteString(output);
    }

    /// <summary>Writes a JSON object, for receivers that take nothing else: the event, or <c>{"message":"…"}</c> where the profile is not JSON.</summary>
    public void WriteObject(IBufferWriter<byte> output)
    {
        if (IsJson)
        {
            output.Write(Spelled.Span);
            return;
        }

        output.Write("{\"message\":"u8);
        WriteString(output);
        output.Write("}"u8);
    }

    /// <summary>Writes a JSON string of which the event, as it is spelled, is the text.</summary>
    public void WriteString(IBufferWriter<byte> output) => CanonicalJson.WriteString(Spelled.Span, output);
}
