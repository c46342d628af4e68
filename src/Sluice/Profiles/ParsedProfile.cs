using System.Buffers;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>A profile that spells an event anew from its members.</summary>
internal abstract class ParsedProfile(string name) : IProfile
{
    private static readonly string[] Frame = ["id", "timestamp", "tenant_id", "action", "outcome"];

    public string Name => name;

    public virtual bool IsJson => true;

    public IReadOnlyList<string> Needs => Frame;

    public void Write(in StoredEvent stored, LedgerParts shown, IBufferWriter<byte> output) => Write(new EventText(stored, shown), output);

    protected abstract void Write(in EventText e, IBufferWriter<byte> output);
}
