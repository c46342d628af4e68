using System.Buffers;

namespace Sluice.Profiles;

/// <summary>A profile that spells an event as a JSON object.</summary>
internal abstract class JsonProfile(string name) : ParsedProfile(name)
{
    protected sealed override void Write(in EventText e, IBufferWriter<byte> output)
    {
        var json = new MemberWriter(output);
        json.Open();
        WriteMembers(e, ref json);
        json.Close();
    }

    protected abstract void WriteMembers(in EventText e, ref MemberWriter json);
}
