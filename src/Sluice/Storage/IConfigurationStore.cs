namespace Sluice.Storage;

/// <summary>
/// Keys, destinations, cursors, checkpoints: what is not the ledger. One set of SQL texts serves both engines, in what they have in common:
/// <c>?1</c> for values, <c>INSERT … ON CONFLICT … DO UPDATE</c>, no row ids. A delegate may run more than once, so it has no effects but those on its
/// session; it never calls the store again. Whatever goes wrong in the database is a <see cref="StorageUnavailableException"/> in bounded time.
/// </summary>
public interface IConfigurationStore : IAsyncDisposable
{
    /// <summary>Runs reads that see one state of things.</summary>
    ValueTask<T> ReadAsync<T>(Func<IConfigurationSession, ValueTask<T>> read, CancellationToken cancellation = default);

    /// <summary>
    /// All or nothing, and durable when it returns. One writer at a time over all nodes, so that what a write reads first still holds when it commits.
    /// When it throws because the connection broke at its end, it may have happened all the same: what is tried again must mean the same twice.
    /// </summary>
    ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default);

    /// <summary>
    /// For cursors: all or nothing, survives a killed process at once and a power cut after a second (a stream then sends its last batches again).
    /// Not one at a time.
    /// </summary>
    ValueTask<T> WriteRelaxedAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default);

    /// <summary>Held by one node at a time, while it makes what instances have once. Reading and writing go on meanwhile.</summary>
    ValueTask<IAsyncDisposable> LockForStartAsync(CancellationToken cancellation = default);
}

/// <summary>Statements inside one read or one transaction. Values are <c>string</c>, <c>long</c>, <c>int</c>, <c>bool</c>, <c>byte[]</c> or null.</summary>
public interface IConfigurationSession
{
    ValueTask<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<IConfigurationRow, T> read, params object?[] values);

    /// <returns>How many rows were changed.</returns>
    ValueTask<int> ExecuteAsync(string sql, params object?[] values);
}

/// <summary>One row; columns count from 0. Valid while it is read.</summary>
public interface IConfigurationRow
{
    bool IsNull(int column);

    string Text(int column);

    long Long(int column);

    bool Bool(int column);

    byte[] Bytes(int column);
}

public static class ConfigurationExtensions
{
    /// <returns>The first row as read; null, or zero, without one.</returns>
    public static async ValueTask<T?> FirstAsync<T>(this IConfigurationSession session, string sql, Func<IConfigurationRow, T> read, params object?[] values)
    {
        var rows = await session.QueryAsync(sql, read, values);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <returns>The number in the first row; zero without one.</returns>
    public static ValueTask<long> LongAsync(this IConfigurationSession session, string sql, params object?[] values) =>
        session.FirstAsync(sql, row => row.Long(0), values);

    public static string? TextOrNull(this IConfigurationRow row, int column) => row.IsNull(column) ? null : row.Text(column);

    public static long? LongOrNull(this IConfigurationRow row, int column) => row.IsNull(column) ? null : row.Long(column);
}
