using System.Reflection;
using System.Runtime.InteropServices;

namespace Sluice.Storage.Sqlite;

/// <summary>
/// SQLite's C API, as little of it as we use. The system's library is preferred (newer, patched with the system); the one from the
/// package is the fallback. Bound directly because the ADO.NET layer costs twice the time on the ledger's hot path.
/// </summary>
internal static unsafe partial class NativeSqlite
{
    public const int Ok = 0, GenericError = 1, Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26, Row = 100, Done = 101;
    public const int OpenReadOnly = 1, OpenReadWrite = 2, OpenCreate = 4, OpenNoMutex = 0x8000, OpenUri = 0x40;

    /// <summary>STRICT tables and <c>RETURNING</c> are not needed; 3.35 is what the fallback package holds.</summary>
    private const int OldestSupported = 3_035_000;

    private const string Library = "sluice-sqlite";

    static NativeSqlite() => NativeLibrary.SetDllImportResolver(typeof(NativeSqlite).Assembly, Resolve);

    public static string Version => Marshal.PtrToStringUTF8((nint)sqlite3_libversion())!;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        foreach (var system in new[] { "libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll" })
        {
            if (NativeLibrary.TryLoad(system, out var handle) && IsRecentEnough(handle)) return handle;
        }

        return NativeLibrary.Load("e_sqlite3", assembly, path);
    }

    private static bool IsRecentEnough(nint handle) =>
        NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var function) && ((delegate* unmanaged<int>)function)() >= OldestSupported;

    [LibraryImport(Library)]
    public static partial byte* sqlite3_libversion();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_open_v2(string file, out nint database, int flags, nint vfs);

    [LibraryImport(Library)]
    public static partial int sqlite3_close_v2(nint database);

    [LibraryImport(Library)]
    public static partial int sqlite3_busy_timeout(nint database, int milliseconds);

    [LibraryImport(Library)]
    public static partial int sqlite3_extended_errcode(nint database);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_errmsg(nint database);

    [LibraryImport(Library)]
    public static partial int sqlite3_prepare_v3(nint database, byte* sql, int bytes, uint flags, out nint statement, byte** tail);

    [LibraryImport(Library)]
    public static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_int64(nint statement, int index, long value);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_double(nint statement, int index, double value);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_null(nint statement, int index);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_text(nint statement, int index, byte* value, int bytes, nint destructor);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_blob(nint statement, int index, byte* value, int bytes, nint destructor);

    [LibraryImport(Library)]
    public static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library)]
    public static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library)]
    public static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library)]
    public static partial int sqlite3_get_autocommit(nint database);

    [LibraryImport(Library)]
    public static partial int sqlite3_changes(nint database);
}
