using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>A lock over all nodes that lasts as long as a session of its own, so that a node that dies gives it back.</summary>
internal sealed class PostgresLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _session;
    private readonly long _key;

    private PostgresLock(NpgsqlConnection session, long key) => (_session, _key) = (session, key);

    /// <summary>PostgreSQL knows such locks by number, in each database. The schema is part of it: two instances may share a database.</summary>
    public static long KeyOf(string name, string schema) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{schema}")));

    /// <exception cref="StorageUnavailableException">Another node held it all the time.</exception>
    public static async ValueTask<PostgresLock> TakeAsync(PostgresSource source, string name, TimeSpan wait, CancellationToken cancellation)
    {
        var session = await source.OpenAsync(cancellation);
        try
        {
            var key = KeyOf(name, source.Schema);
            await using var take = new NpgsqlBatch(session) { Timeout = (int)wait.TotalSeconds + 2 };
            take.BatchCommands.Add(new NpgsqlBatchCommand($"SET lock_timeout = {(long)wait.TotalMilliseconds}"));
            take.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_lock({key})"));
            await take.ExecuteNonQueryAsync(cancellation);
            return new PostgresLock(session, key);
        }
        catch (Exception error)
        {
            await session.DisposeAsync();
            if (error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
                throw new StorageUnavailableException($"Another node has been starting for {wait.TotalSeconds} s and does not come to an end. Look at its log, or stop it.", error);
            if (PostgresErrors.Of(error) is { } trouble) throw trouble;
            throw;
        }
    }

    /// <summary>Gives the lock back at once: a pooled session would keep it until its next use.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({_key})", _session) { CommandTimeout = 3 };
            await release.ExecuteNonQueryAsync();
        }
        catch (Exception error) when (PostgresErrors.Of(error) is not null)
        {
            // The session broke, and its lock went with it.
        }
        finally
        {
            await _session.DisposeAsync();
        }
    }
}
