using System.Globalization;
using Npgsql;
using Sluice.Ledger;
using Sluice.Storage.Index;
using Sluice.Storage.Sqlite;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Says whose index files a folder holds: the ledger's identity, and the hash over the last run that was complete when it was written. A run is exactly
/// one node of the tree, so another history of the same ledger shows. Files that are not vouched for are deleted: everything in them can be made again.
/// </summary>
internal sealed class IndexMark(string folder, Guid identity, SegmentTables tables)
{
    private const string FileName = "ledger";
    private const int RunsPerSegment = SegmentFile.Capacity / IndexTail.Capacity;
    private const int RunLevel = 16;

    /// <summary>Runs that the mark vouches for.</summary>
    public long Runs { get; private set; }

    /// <summary>Deletes what is not of this ledger, or of runs that the mark does not cover.</summary>
    /// <returns>Whether there was something to be deleted.</returns>
    public async Task<bool> CheckAsync(NpgsqlConnection connection)
    {
        Directory.CreateDirectory(folder);
        var (runs, hash) = Read();
        Runs = runs > 0 && await NodeAsync(connection, runs) is { } node && node == hash ? runs : 0;
        var foreign = Directory.GetFiles(folder, "*.idx").Where(path => RunsUpTo(path) > Runs).ToList();
        foreach (var path in foreign) File.Delete(path);
        if (Runs == 0) Write(0, "");
        return foreign.Count > 0;
    }

    /// <summary>Vouches for the runs that are complete in this node's tree, if the database still has that tree: else its hash would vouch for others.</summary>
    public async Task MoveAsync(NpgsqlConnection connection, TreeState tree)
    {
        var runs = tree.Size / IndexTail.Capacity;
        if (runs <= Runs || await NodeAsync(connection, runs) is not { } hash) return;
        if (await LeafHashes.RootAsync(connection, tables, tree.Size) != tree.Root()) return;
        Write(runs, hash.ToHex());
        Runs = runs;
    }

    private async Task<Digest?> NodeAsync(NpgsqlConnection connection, long runs) =>
        await LeafHashes.ReadAsync(connection, tables, RunLevel, runs - 1, 1) is [var hash] ? hash : null;

    private (long Runs, Digest Hash) Read()
    {
        var path = Path.Combine(folder, FileName);
        var parts = File.Exists(path) ? File.ReadAllText(path).Split(' ') : [];
        return parts.Length == 3 && parts[0] == identity.ToString() && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var runs)
            && Digest.TryParseHex(System.Text.Encoding.ASCII.GetBytes(parts[2]), out var hash) ? (runs, hash) : (0, default);
    }

    private void Write(long runs, string hash)
    {
        var path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".tmp", string.Create(CultureInfo.InvariantCulture, $"{identity} {runs} {hash}"));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>The number of runs, from the ledger's beginning, to the end of what a file covers.</summary>
    private static long RunsUpTo(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('-');
        if (parts.Length < 2 || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var segment)) return long.MaxValue;
        if (parts.Length == 2) return (segment + 1) * RunsPerSegment;
        return long.TryParse(parts[2], CultureInfo.InvariantCulture, out var run) ? (segment * RunsPerSegment) + run + 1 : long.MaxValue;
    }
}
