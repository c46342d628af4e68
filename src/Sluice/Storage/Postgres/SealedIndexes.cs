using System.Buffers.Binary;
using Npgsql;
using Sluice.Storage.Index;
using Sluice.Storage.Sqlite;

namespace Sluice.Storage.Postgres;

/// <summary>
/// The index files of sealed segments, kept in the database so that a node that is new, or lost its folder, need not build them from bodies.
/// </summary>
internal sealed class SealedIndexes(string folder, SegmentTables tables)
{
    private const int PartBytes = 1 << 20;

    /// <summary>Stores a segment's index unless it is there, or another node is storing it.</summary>
    /// <returns>Whether it is there.</returns>
    public async Task<bool> StoreAsync(NpgsqlConnection connection, long segment)
    {
        if (await IsThereAsync(connection, segment)) return true;
        var path = PathOf(segment);
        if (!IndexFile.IsOfThisVersion(path, SegmentFile.Capacity) || !IndexFile.IsIntact(path)) return false;
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await TryLockAsync(connection, segment) || await IsThereAsync(connection, segment)) return false;
        await CopyInAsync(connection, path, segment);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Fetches the files of complete segments that are not in the folder. One that is not there, or damaged, is left to be built.</summary>
    public async Task FetchMissingAsync(NpgsqlConnection connection, long first, long size)
    {
        for (var segment = first / SegmentFile.Capacity; (segment + 1) * SegmentFile.Capacity <= size; segment++)
        {
            if (!File.Exists(PathOf(segment))) await FetchAsync(connection, segment);
        }
    }

    public Task ForgetBeforeAsync(NpgsqlConnection connection, long first) =>
        ExecuteAsync(connection, $"DELETE FROM segment_indexes WHERE ledger = {tables.Ledger} AND segment < {first / SegmentFile.Capacity}");

    private async Task FetchAsync(NpgsqlConnection connection, long segment)
    {
        var unfinished = PathOf(segment) + ".tmp";
        await using (var file = File.Create(unfinished))
        {
            await using var command = new NpgsqlCommand("SELECT bytes FROM segment_indexes WHERE ledger = $1 AND segment = $2 ORDER BY part", connection)
            {
                Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<int> { TypedValue = (int)segment } },
            };
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) await file.WriteAsync(reader.GetFieldValue<byte[]>(0));
            file.Flush(flushToDisk: true);
        }

        if (IndexFile.IsOfThisVersion(unfinished, SegmentFile.Capacity) && IndexFile.IsIntact(unfinished)) File.Move(unfinished, PathOf(segment), overwrite: true);
        else File.Delete(unfinished);
    }

    private async Task CopyInAsync(NpgsqlConnection connection, string path, long segment)
    {
        await using var file = File.OpenRead(path);
        await using var copy = await connection.BeginRawBinaryCopyAsync("COPY segment_indexes (ledger, segment, part, bytes) FROM STDIN (FORMAT BINARY)");
        await copy.WriteAsync(BinaryCopy.Header.ToArray());
        var row = new byte[RowBytes + PartBytes];
        for (var part = 0; await file.ReadAtLeastAsync(row.AsMemory(RowBytes), PartBytes, throwOnEndOfStream: false) is > 0 and var length; part++)
        {
            WriteRow(row, segment, part, length);
            await copy.WriteAsync(row.AsMemory(0, RowBytes + length));
        }

        BinaryCopy.WriteTrailer(row);
        await copy.WriteAsync(row.AsMemory(0, BinaryCopy.TrailerBytes));
    }

    private const int RowBytes = sizeof(short) + (4 * sizeof(int)) + sizeof(short) + (2 * sizeof(int));

    private void WriteRow(Span<byte> row, long segment, int part, int length)
    {
        BinaryPrimitives.WriteInt16BigEndian(row, 4);
        BinaryPrimitives.WriteInt32BigEndian(row[2..], sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(row[6..], tables.Ledger);
        BinaryPrimitives.WriteInt32BigEndian(row[8..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(row[12..], (int)segment);
        BinaryPrimitives.WriteInt32BigEndian(row[16..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(row[20..], part);
        BinaryPrimitives.WriteInt32BigEndian(row[24..], length);
    }

    private async Task<bool> IsThereAsync(NpgsqlConnection connection, long segment) =>
        await ScalarAsync(connection, $"SELECT EXISTS (SELECT FROM segment_indexes WHERE ledger = {tables.Ledger} AND segment = {segment} AND part = 0)");

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, long segment) =>
        await ScalarAsync(connection, $"SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || ' seal {tables.Ledger} {segment}', 0))");

    private static async Task<bool> ScalarAsync(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string PathOf(long segment) => IndexFolder.SegmentPath(folder, segment * SegmentFile.Capacity);
}
