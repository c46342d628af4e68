using System.Buffers;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>How an event is spelled for whoever reads it. A profile knows no destination, and writes the same bytes for the same event, always.</summary>
public interface IProfile
{
    /// <summary>What users write in their settings, so it never changes.</summary>
    string Name { get; }

    /// <summary>It writes one JSON text; otherwise one line of plain text. Neither has a line break in it.</summary>
    bool IsJson => true;

    /// <summary>Members of the event without which its format would not be valid: a list of fields to send cannot leave them out.</summary>
    IReadOnlyList<string> Needs => [];

    /// <summary>Writes one event.</summary>
    /// <param name="shown">Which of the ledger's members the event has for this reader.</param>
    void Write(in StoredEvent stored, LedgerParts shown, IBufferWriter<byte> output);

    /// <summary>Writes one event with all that the ledger adds to it.</summary>
    void Write(in StoredEvent stored, IBufferWriter<byte> output) => Write(stored, LedgerParts.All, output);
}
