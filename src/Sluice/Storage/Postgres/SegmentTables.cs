using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// The tables of one ledger's segments. Reading and writing name them directly: planning over hundreds of partitions would cost more than the reading.
/// </summary>
/// <param name="capacity">Events of a full segment.</param>
internal sealed class SegmentTables(short ledger, long capacity)
{
    public short Ledger => ledger;

    public long Capacity => capacity;

    public long NumberOf(long sequence) => sequence / capacity;

    /// <summary>Where the segment that holds a sequence ends.</summary>
    public long EndOf(long sequence) => (NumberOf(sequence) + 1) * capacity;

    public string Events(long segment) => $"events_{ledger}_{segment}";

    public string Groups(long segment) => $"groups_{ledger}_{segment}";

    /// <summary>Makes a segment's tables. ATTACH takes a lock that readers and writers of other segments do not mind.</summary>
    public IEnumerable<string> Create(long segment)
    {
        var (first, end) = (segment * capacity, (segment + 1) * capacity);
        yield return $"CREATE TABLE {Events(segment)} (LIKE events, PRIMARY KEY (ledger, sequence), CHECK (ledger = {ledger} AND sequence >= {first} AND sequence < {end}))";
        yield return $"ALTER TABLE events ATTACH PARTITION {Events(segment)} FOR VALUES FROM ({ledger}, {first}) TO ({ledger}, {end})";
        yield return $"CREATE TABLE {Groups(segment)} (LIKE groups INCLUDING ALL)";
    }

    /// <summary>The events of a range inside one segment, in order, as <see cref="EventCopy"/> reads them.</summary>
    public string SelectRange(long from, long end) =>
        $"SELECT sequence, persisted_at, digest, body FROM {Events(NumberOf(from))} WHERE ledger = {ledger} AND sequence >= {from} AND sequence < {end} ORDER BY sequence";

    /// <summary>Asked before naming a table inside a transaction, which one that is not there would break off.</summary>
    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
