using System.Buffers;
using Sluice.Events;

namespace Sluice.Sources;

/// <summary>A way in which others write their records: turns one of them into one event, as the API takes it. Used by one import at a time.</summary>
internal interface IEventSource
{
    /// <summary>Writes the record's event to <paramref name="output"/>, on one line without its end.</summary>
    /// <param name="number">The record's place in its file, from 1: the same whenever the file is read.</param>
    /// <returns>
    /// Null when it was written; null with nothing written when the record is none of the events (an export's checkpoint).
    /// Otherwise why no event can be made of it; what the output then holds is to be thrown away.
    /// </returns>
    Refusal? Write(ReadOnlyMemory<byte> record, long number, ArrayBufferWriter<byte> output);
}
