using System.Text;

namespace Sluice.Storage.Sqlite;

/// <summary>A prepared statement: bind from 1, step, read columns from 0, reset to use it again.</summary>
public sealed unsafe class Statement : IConfigurationRow, IDisposable
{
    /// <summary>SQLite copies what is bound.</summary>
    private const nint Transient = -1;

    private readonly Database _database;
    private nint _handle;

    internal Statement(Database database, nint handle)
    {
        _database = database;
        _handle = handle;
    }

    public Statement Bind(int index, long value)
    {
        _database.Check(NativeSqlite.sqlite3_bind_int64(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, long? value) => value is { } given ? Bind(index, given) : BindNull(index);

    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public Statement Bind(int index, string? value)
    {
        if (value is null) return BindNull(index);
        var utf8 = Encoding.UTF8.GetBytes(value);
        fixed (byte* bytes = utf8)
        {
            byte empty = 0;
            _database.Check(NativeSqlite.sqlite3_bind_text(_handle, index, utf8.Length == 0 ? &empty : bytes, utf8.Length, Transient));
        }

        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            byte empty = 0;
            _database.Check(NativeSqlite.sqlite3_bind_blob(_handle, index, value.IsEmpty ? &empty : bytes, value.Length, Transient));
        }

        return this;
    }

    /// <summary>Binds without a copy: the bytes must stay where they are until the statement was stepped and reset.</summary>
    internal void BindPinned(int index, byte* value, int length) =>
        _database.Check(NativeSqlite.sqlite3_bind_blob(_handle, index, value, length, 0));

    internal void BindPinnedText(int index, byte* value, int length) =>
        _database.Check(NativeSqlite.sqlite3_bind_text(_handle, index, value, length, 0));

    public Statement BindNull(int index)
    {
        _database.Check(NativeSqlite.sqlite3_bind_null(_handle, index));
        return this;
    }

    /// <returns>True when there is a row to read, false at the end.</returns>
    public bool Step()
    {
        var result = NativeSqlite.sqlite3_step(_handle);
        if (result == NativeSqlite.Row) return true;
        if (result == NativeSqlite.Done) return false;
        var error = _database.Error(result);
        NativeSqlite.sqlite3_reset(_handle);
        throw error;
    }

    public void Reset() => NativeSqlite.sqlite3_reset(_handle);

    /// <summary>Steps once for a statement that returns nothing, and makes it ready for the next use.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public bool IsNull(int column) => Type(column) == 5;

    /// <summary>How the row keeps the value: 1 whole number, 2 float, 3 text, 4 bytes, 5 nothing.</summary>
    internal int Type(int column) => NativeSqlite.sqlite3_column_type(_handle, column);

    public long Long(int column) => NativeSqlite.sqlite3_column_int64(_handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public bool Bool(int column) => Long(column) != 0;

    public string Text(int column) =>
        Encoding.UTF8.GetString(new ReadOnlySpan<byte>(NativeSqlite.sqlite3_column_text(_handle, column), NativeSqlite.sqlite3_column_bytes(_handle, column)));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The column's bytes, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column)
    {
        var bytes = NativeSqlite.sqlite3_column_blob(_handle, column);
        return new ReadOnlySpan<byte>(bytes, NativeSqlite.sqlite3_column_bytes(_handle, column));
    }

    public byte[] Bytes(int column) => Blob(column).ToArray();

    public void Dispose()
    {
        if (_handle != 0) _ = NativeSqlite.sqlite3_finalize(_handle);
        _handle = 0;
    }
}
