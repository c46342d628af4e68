using System.Text;

namespace Sluice.Storage.Sqlite;

/// <summary>One connection to one SQLite file. Not safe for several threads at once: whoever shares it holds a lock.</summary>
public sealed unsafe class Database : IDisposable
{
    private readonly string _path;
    private nint _handle;

    private Database(string path, nint handle)
    {
        _path = path;
        _handle = handle;
    }

    internal nint Handle => _handle;

    /// <summary>SQLite's code for the last call that failed, without its extension.</summary>
    internal int ErrorCode => NativeSqlite.sqlite3_extended_errcode(_handle) & 0xff;

    /// <summary>The version of the SQLite library in use.</summary>
    public static string LibraryVersion => NativeSqlite.Version;

    public static Database Open(string path) => Open(path, NativeSqlite.OpenReadWrite | NativeSqlite.OpenCreate);

    public static Database OpenReadOnly(string path) => Open(path, NativeSqlite.OpenReadOnly);

    /// <summary>Opens a file that nobody changes meanwhile and that has no log beside it, without locks and without writing anything beside it.</summary>
    internal static Database OpenImmutable(string path) =>
        Open(path, NativeSqlite.OpenReadOnly | NativeSqlite.OpenUri, "file:" + Uri.EscapeDataString(Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal) + "?immutable=1");

    private static Database Open(string path, int flags, string? uri = null)
    {
        var result = NativeSqlite.sqlite3_open_v2(uri ?? path, out var handle, flags | NativeSqlite.OpenNoMutex, 0);
        var database = new Database(path, handle);
        if (result != NativeSqlite.Ok)
        {
            var error = database.Error(result);
            database.Dispose();
            throw error;
        }

        NativeSqlite.sqlite3_busy_timeout(handle, 10_000);
        return database;
    }

    public Statement Prepare(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* text = utf8)
        {
            Check(NativeSqlite.sqlite3_prepare_v3(_handle, text, utf8.Length, 1, out var statement, null));
            return new Statement(this, statement);
        }
    }

    /// <summary>Runs one or more statements that take no values.</summary>
    public void Execute(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* text = utf8)
        {
            var rest = text;
            var end = text + utf8.Length;
            while (rest < end)
            {
                byte* tail;
                Check(NativeSqlite.sqlite3_prepare_v3(_handle, rest, (int)(end - rest), 0, out var statement, &tail));
                rest = tail;
                if (statement == 0) continue;
                using var prepared = new Statement(this, statement);
                while (prepared.Step()) { }
            }
        }
    }

    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    /// <summary>Rows that the last statement inserted, changed or deleted.</summary>
    public int Changes => NativeSqlite.sqlite3_changes(_handle);

    public void Dispose()
    {
        if (_handle != 0) NativeSqlite.sqlite3_close_v2(_handle);
        _handle = 0;
    }

    internal void Check(int result)
    {
        if (result != NativeSqlite.Ok) throw Error(result);
    }

    internal Exception Error(int result)
    {
        var message = $"{Path.GetFileName(_path)}: {(_handle == 0 ? "out of memory" : Encoding.UTF8.GetString(new ReadOnlySpan<byte>(NativeSqlite.sqlite3_errmsg(_handle), ErrorLength())))}";
        return (result & 0xff) switch
        {
            NativeSqlite.Full => new StorageFullException(message),
            NativeSqlite.Corrupt or NativeSqlite.NotADatabase => new StorageCorruptException(message),
            _ => new StorageUnavailableException($"{message} (SQLite error {result})"),
        };
    }

    private int ErrorLength()
    {
        var text = NativeSqlite.sqlite3_errmsg(_handle);
        var length = 0;
        while (text[length] != 0) length++;
        return length;
    }
}
