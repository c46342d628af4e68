using System.Text;

namespace Sluice.Tenants;

/// <summary>Tenants and all that belong to them, as they are at the moment: what is said of tenants counts at once on this node, on others within a second or two.</summary>
/// <param name="directory">Null where no tenant belongs to another.</param>
public sealed class TenantFamily(IReadOnlyList<string> tenants, AccessDirectory? directory)
{
    private const int LongestId = 512;

    private volatile Members? _members;

    /// <param name="id">In UTF-8.</param>
    public bool Holds(ReadOnlySpan<byte> id)
    {
        Span<char> text = stackalloc char[LongestId];
        return Encoding.UTF8.TryGetChars(id, text, out var length) && Current().Names.Contains(text[..length]);
    }

    private Members Current()
    {
        var (known, members) = (Known(), _members);
        if (members is not null && members.Of == known) return members;
        var names = tenants.SelectMany(tenant => known?.WithDescendants(tenant) ?? (IEnumerable<string>)[tenant]);
        return _members = new Members(known, new HashSet<string>(names, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>());
    }

    private AccessSnapshot? Known() => directory is null ? null : directory.Known ?? throw new InvalidOperationException("Tenants are read before streams run.");

    private sealed record Members(AccessSnapshot? Of, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Names);
}
