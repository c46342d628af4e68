using System.Runtime.InteropServices;
using Npgsql;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>What a database keeps of a ledger's tree beside the events, read strictly. It blocks.</summary>
internal sealed class PostgresHashes(NpgsqlConnection connection, short ledger) : IDroppedHashes
{
    /// <summary>Leaves whose roots are read together.</summary>
    private const long Span = 1 << 20;

    private readonly Dictionary<(int Level, long Number), Digest> _read = [];
    private long _from, _end;

    public Digest? Node(int level, long number)
    {
        var last = ((number + 1) << (TileTree.Levels * level)) - 1;
        if (last < _from || last >= _end) Load(last / Span * Span);
        return _read.TryGetValue((level, number), out var hash) ? hash : null;
    }

    public Digest[]? Leaves(long tile)
    {
        using var select = Command("SELECT hashes FROM kept_tiles WHERE ledger = $1 AND number = $2", tile);
        return select.ExecuteScalar() is byte[] { Length: TileTree.Width * Digest.Size } hashes ? MemoryMarshal.Cast<byte, Digest>(hashes).ToArray() : null;
    }

    /// <summary>How many roots are stored of tiles, and tiles of tiles, that lie inside a tree of this size.</summary>
    public long Count(long size)
    {
        using var select = Command("SELECT count(*) FROM nodes WHERE ledger = $1 AND ((number + 1) << level) <= $2", size);
        return (long)select.ExecuteScalar()!;
    }

    /// <summary>Reads the roots whose last leaf lies in a span.</summary>
    private void Load(long from)
    {
        (_from, _end) = (from, from + Span);
        _read.Clear();
        using var select = Command(
            """
            SELECT n.level, n.number, n.hash FROM generate_series(8, 56, 8) AS l (level) JOIN nodes n
            ON n.ledger = $1 AND n.level = l.level::smallint AND n.number >= ($2 >> l.level) AND n.number < ($3 >> l.level)
            WHERE octet_length(n.hash) = 32
            """,
            _from, _end);
        using var reader = select.ExecuteReader();
        while (reader.Read()) _read[(reader.GetInt16(0) / TileTree.Levels, reader.GetInt64(1))] = Digest.From(reader.GetFieldValue<byte[]>(2));
    }

    private NpgsqlCommand Command(string sql, params long[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0, Parameters = { new NpgsqlParameter<short> { TypedValue = ledger } } };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        return command;
    }
}
