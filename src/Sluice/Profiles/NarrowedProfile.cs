using System.Buffers;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>A profile for a destination that gets less than whole events: personal members are taken out, then all but the listed members; what is left is spelled.</summary>
public sealed class NarrowedProfile : IProfile
{
    /// <summary>What one huge event blew up is not kept for the next ones.</summary>
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_masked, t_chosen, t_scratch;

    private readonly IProfile _profile;
    private readonly MemberSelection? _fields;
    private readonly LedgerParts _shown = LedgerParts.All;
    private readonly bool _masksPersonal;

    private NarrowedProfile(IProfile profile, IReadOnlyList<IReadOnlyList<string>> fields, bool masksPersonal)
    {
        (_profile, _masksPersonal) = (profile, masksPersonal);
        if (fields.Count == 0) return;
        _fields = MemberSelection.Only(fields.Concat(profile.Needs.Select(name => new[] { name })));
        _shown = Part("sequence", LedgerParts.Sequence) | Part("persisted_at", LedgerParts.PersistedAt) | Part("integrity_hash", LedgerParts.IntegrityHash);

        LedgerParts Part(string name, LedgerParts part) => fields.Any(path => path.Count == 1 && path[0] == name) ? part : LedgerParts.None;
    }

    public string Name => _profile.Name;

    public bool IsJson => _profile.IsJson;

    /// <param name="fields">Paths of the event's members to send; none means all.</param>
    public static IProfile Of(IProfile profile, IReadOnlyList<IReadOnlyList<string>> fields, bool masksPersonal) =>
        fields.Count == 0 && !masksPersonal ? profile : new NarrowedProfile(profile, fields, masksPersonal);

    public void Write(in StoredEvent stored, LedgerParts shown, IBufferWriter<byte> output)
    {
        var narrowed = stored;
        if (_masksPersonal)
        {
            var masked = Cleared(ref t_masked);
            PersonalMask.Write(narrowed, Cleared(ref t_scratch), masked);
            narrowed = narrowed with { Body = masked.WrittenMemory };
        }

        if (_fields is not null)
        {
            var chosen = Cleared(ref t_chosen);
            _fields.Write(narrowed.Body.Span, chosen);
            narrowed = narrowed with { Body = chosen.WrittenMemory };
        }

        _profile.Write(narrowed, shown & _shown, output);
    }

    private static ArrayBufferWriter<byte> Cleared(ref ArrayBufferWriter<byte>? kept)
    {
        if (kept is null || kept.Capacity > LargestKept) kept = new ArrayBufferWriter<byte>(1024);
        kept.ResetWrittenCount();
        return kept;
    }
}
