using System.Buffers.Binary;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Checkpoints;

/// <summary>Makes the resources of C2SP tlog-tiles from a ledger. Entries are the events' digests, so nothing can be guessed from them.</summary>
public static class TileReader
{
    private const int EntryBytes = sizeof(ushort) + Digest.Size;

    /// <returns>Null when the ledger does not hold all of the tile yet, or retention dropped its events: tiles of nodes are kept, those of leaves and entries are not.</returns>
    public static async ValueTask<byte[]?> ReadAsync(ILedgerReader ledger, TileAddress address, CancellationToken cancellation)
    {
        if (!TilePath.Holds(ledger.Size, address)) return null;
        var first = address.Number * TileAddress.FullWidth;
        return address.Level switch
        {
            TileAddress.Entries => await EntriesAsync(ledger, first, address.Width, cancellation),
            0 => await LeavesAsync(ledger, first, address.Width, cancellation),
            _ => await NodesAsync(ledger, address.Level, first, address.Width, cancellation),
        };
    }

    private static async ValueTask<byte[]?> EntriesAsync(ILedgerReader ledger, long first, int count, CancellationToken cancellation)
    {
        using var page = await PageAsync(ledger, first, count, cancellation);
        if (page is null) return null;
        var bundle = new byte[count * EntryBytes];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(i * EntryBytes), Digest.Size);
            page[i].Digest.CopyTo(bundle.AsSpan((i * EntryBytes) + sizeof(ushort)));
        }

        return bundle;
    }

    private static async ValueTask<byte[]?> LeavesAsync(ILedgerReader ledger, long first, int count, CancellationToken cancellation)
    {
        using var page = await PageAsync(ledger, first, count, cancellation);
        if (page is null) return null;
        var tile = new byte[count * Digest.Size];
        for (var i = 0; i < count; i++) MerkleHash.Leaf(page[i].Digest).CopyTo(tile.AsSpan(i * Digest.Size));
        return tile;
    }

    private static async ValueTask<byte[]> NodesAsync(ILedgerReader ledger, int level, long first, int count, CancellationToken cancellation)
    {
        var tile = new byte[count * Digest.Size];
        for (var i = 0; i < count; i++)
        {
            var node = await ledger.NodeAsync(new NodeId(8 * level, first + i), cancellation);
            node.CopyTo(tile.AsSpan(i * Digest.Size));
        }

        return tile;
    }

    private static async ValueTask<EventPage?> PageAsync(ILedgerReader ledger, long first, int count, CancellationToken cancellation)
    {
        var page = new EventPage();
        await ledger.ReadAsync(page, first, first + count, count, int.MaxValue, cancellation);
        if (page.Count == count) return page;
        page.Dispose();
        return first < ledger.First ? null : throw new StorageCorruptException($"Events from {first} on are missing.");
    }
}
