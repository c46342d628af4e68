using System.Buffers;
using Sluice.Profiles;
using Sluice.Server.Endpoints;
using Sluice.Storage;

namespace Sluice.Server.Dialects;

/// <summary>Writes events in a dialect's profile. A profile writes in many small pieces, so each event is put together first: the answer's own writer is slow at those.</summary>
internal sealed class SpelledAnswer(IProfile profile, StreamedAnswer answer)
{
    private readonly ArrayBufferWriter<byte> _event = new(4096);

    public void Write(in StoredEvent stored)
    {
        _event.ResetWrittenCount();
        profile.Write(stored, _event);
        answer.Write(_event.WrittenSpan);
    }
}
