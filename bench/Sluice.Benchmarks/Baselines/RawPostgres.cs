using System.Buffers.Binary;
using System.Diagnostics;
using Npgsql;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Baselines;

/// <summary>
/// The same events by binary COPY into one table with one unique index, over tenant and id, each batch committed: no HTTP, no parsing, no hashing, no tree.
/// The rows hold what a ledger's rows hold. What PostgreSQL allows on this machine, now.
/// </summary>
internal static class RawPostgres
{
    private const string Table = """
        CREATE TABLE raw (sequence bigint NOT NULL, persisted_at bigint NOT NULL, digest bytea NOT NULL, tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, body text NOT NULL);
        CREATE UNIQUE INDEX raw_id ON raw (tenant, id);
        """;

    private const string Copy = "COPY raw (sequence, persisted_at, digest, tenant, id, body) FROM STDIN (FORMAT BINARY)";

    private static readonly byte[] Digest = new byte[32];

    /// <summary>The format's signature, its flags, and the length of its extension.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <param name="CpuPerMillion">CPU seconds of the client a million rows.</param>
    public sealed record Copied(double RowsPerSecond, double CpuPerMillion, Percentiles CommitMilliseconds);

    public static async Task<Copied> CopyAsync(string store, EventSource source, long rows, int batch)
    {
        await using var connection = new NpgsqlConnection(store);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand(Table, connection)) await create.ExecuteNonQueryAsync();
        var (buffer, commits, first) = (new byte[batch * (EventSource.Longest + 256)], new List<double>((int)(rows / batch)), source.Take(rows));
        var (used, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var row = 0L; row < rows; row += batch)
        {
            var length = Compose(buffer, source, first + row, (int)Math.Min(batch, rows - row));
            var begun = Stopwatch.GetTimestamp();
            await using (var copy = await connection.BeginRawBinaryCopyAsync(Copy)) await copy.WriteAsync(buffer.AsMemory(0, length));
            commits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Copied(rows / seconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds / rows * 1e6, Percentiles.Of(commits));
    }

    private static int Compose(Span<byte> buffer, EventSource source, long first, int rows)
    {
        Span<byte> body = stackalloc byte[EventSource.Longest];
        var at = Put(buffer, 0, Header);
        for (var i = 0; i < rows; i++)
        {
            var length = source.Write(first + i, body);
            BinaryPrimitives.WriteInt16BigEndian(buffer[at..], 6);
            at = Number(buffer, at + 2, first + i);
            at = Number(buffer, at, first + i);
            at = Field(buffer, at, Digest);
            at = Field(buffer, at, "default"u8);
            at = Field(buffer, at, body.Slice(7, 20));   // after {"id":"
            at = Field(buffer, at, body[..length]);
        }

        BinaryPrimitives.WriteInt16BigEndian(buffer[at..], -1);
        return at + 2;
    }

    private static int Number(Span<byte> buffer, int at, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer[at..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(buffer[(at + 4)..], value);
        return at + 12;
    }

    private static int Field(Span<byte> buffer, int at, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer[at..], value.Length);
        return Put(buffer, at + 4, value);
    }

    private static int Put(Span<byte> buffer, int at, ReadOnlySpan<byte> value)
    {
        value.CopyTo(buffer[at..]);
        return at + value.Length;
    }
}
