using System.Text;

namespace Sluice.Tenants;

/// <summary>A tenant and all that belong to it, as they are at the moment: what is said of tenants counts at once on this node, on others within a second or two.</summary>
public sealed class TenantFamily(string tenant, AccessDirectory directory)
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
        var (known, members) = (directory.Known ?? throw new InvalidOperationException("Tenants are read before streams run."), _members);
        if (members is not null && members.Of == known) return members;
        return _members = new Members(known, new HashSet<string>(known.WithDescendants(tenant), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>());
    }

    private sealed record Members(AccessSnapshot Of, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Names);
}
