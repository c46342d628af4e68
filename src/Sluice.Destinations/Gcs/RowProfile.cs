using System.Buffers;
using Sluice.Profiles;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Destinations.Gcs;

/// <summary>A profile of which rows keep the selected columns.</summary>
internal sealed class RowProfile(IProfile profile, RowSelection rows) : IProfile
{
    /// <summary>What one huge event blew up is not kept for the next ones.</summary>
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_whole;

    public string Name => profile.Name;

    public bool IsJson => profile.IsJson;

    public IReadOnlyList<string> Needs => profile.Needs;

    public void Write(in StoredEvent stored, LedgerParts shown, IBufferWriter<byte> output)
    {
        if (t_whole is null || t_whole.Capacity > LargestKept) t_whole = new ArrayBufferWriter<byte>(1024);
        t_whole.ResetWrittenCount();
        profile.Write(stored, shown, t_whole);
        rows.Write(t_whole.WrittenSpan, EventHead.Of(stored.Body.Span).Action, output);
    }
}
