using System.Buffers;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>How an event is spelled for whoever reads it. A profile knows no destination, and writes the same bytes for the same event, always.</summary>
public interface IProfile
{
    /// <summary>What users write in their settings, so it never changes.</summary>
    string Name { get; }

    /// <summary>Writes one event as one JSON text without line breaks.</summary>
    void Write(in StoredEvent stored, IBufferWriter<byte> output);
}
