using System.Diagnostics;
using Sluice.Benchmarks.Workload;
using Sluice.Storage.Sqlite;

namespace Sluice.Benchmarks.Baselines;

/// <summary>
/// The same bodies into one SQLite table, with the ledger's own pages and settings, and nothing else: no HTTP, no parsing, no hashing, no tree, no index.
/// What the disk and SQLite allow on this machine, now.
/// </summary>
internal static unsafe class RawSqlite
{
    private const int Bodies = 1 << 14;
    private const string Pragmas =
        "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA cache_size=-16384;";

    /// <param name="CpuPerMillion">CPU seconds a million rows.</param>
    public sealed record Appended(double RowsPerSecond, double CpuPerMillion, Percentiles CommitMilliseconds);

    public static Appended Append(string file, EventSource source, long rows, int batch)
    {
        var text = GC.AllocateArray<byte>(Bodies * EventSource.Longest, pinned: true);
        var lengths = new int[Bodies];
        for (var i = 0; i < Bodies; i++) lengths[i] = source.Write(i, text.AsSpan(i * EventSource.Longest));
        using var database = Database.Open(file);
        database.Execute(Pragmas);
        database.Execute("CREATE TABLE events (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        using var insert = database.Prepare("INSERT INTO events (sequence, body) VALUES (?1, ?2)");
        var commits = new List<double>((int)(rows / batch));
        var (used, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        fixed (byte* bodies = text)
        {
            for (var row = 0L; row < rows; row += batch) commits.Add(Commit(database, insert, bodies, lengths, row, Math.Min(batch, rows - row)));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Appended(rows / seconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds / rows * 1e6, Percentiles.Of(commits));
    }

    /// <returns>Rows a second when all are read in order.</returns>
    public static double Scan(string file)
    {
        using var database = Database.OpenReadOnly(file);
        using var select = database.Prepare("SELECT body FROM events ORDER BY sequence");
        var (rows, bytes, started) = (0L, 0L, Stopwatch.GetTimestamp());
        for (; select.Step(); rows++) bytes += select.Blob(0).Length;
        return bytes == 0 ? 0 : rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Commit(Database database, Statement insert, byte* bodies, int[] lengths, long first, long rows)
    {
        var started = Stopwatch.GetTimestamp();
        database.Execute("BEGIN IMMEDIATE");
        for (var row = first; row < first + rows; row++)
        {
            var body = (int)(row % Bodies);
            insert.Bind(1, row);
            insert.BindPinned(2, bodies + ((long)body * EventSource.Longest), lengths[body]);
            insert.Run();
        }

        database.Execute("COMMIT");
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
