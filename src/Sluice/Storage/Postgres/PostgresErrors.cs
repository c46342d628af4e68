using System.Net.Sockets;
using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>What trouble with PostgreSQL means to whoever asked.</summary>
internal static class PostgresErrors
{
    /// <summary>The storage exception that an error of the driver or the network is; null for what is no trouble of the database.</summary>
    public static StorageUnavailableException? Of(Exception error) => error switch
    {
        StorageUnavailableException already => already,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } full => new StorageFullException($"The database's disk is full: {full.MessageText}", full),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            new StorageUnavailableException($"PostgreSQL refuses the user: {refused.MessageText}. Check the user name and the password in Sluice:Store.", refused),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } absent =>
            new StorageUnavailableException($"PostgreSQL has no such database: {absent.MessageText}. Create it, or name another one in Sluice:Store.", absent),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } forbidden =>
            new StorageUnavailableException($"The database user may not do this: {forbidden.MessageText}. Grant it CREATE on the database, or make it the owner of the schema.", forbidden),
        PostgresException postgres when IsTrouble(postgres.SqlState) => new StorageUnavailableException($"PostgreSQL cannot serve now: {postgres.MessageText} ({postgres.SqlState})", postgres),
        PostgresException => null,
        NpgsqlException or SocketException or TimeoutException or IOException => new StorageUnavailableException($"PostgreSQL cannot be reached: {error.Message}", error),
        _ => null,
    };

    /// <summary>Another try of the whole transaction may succeed at once: two transactions met.</summary>
    public static bool IsCollision(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>A table was dropped between looking for it and using it.</summary>
    public static bool IsMissingTable(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    /// <summary>The connection leads to a server that no longer is the primary: other connections of the pool do too.</summary>
    public static bool IsReadOnly(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>The connection is gone, and those opened with it may be; the server may be there again by now.</summary>
    public static bool IsLostConnection(Exception error) => error is PostgresException { SqlState: var state }
        ? state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown || state.StartsWith("08", StringComparison.Ordinal) || IsReadOnly(error)
        : error is NpgsqlException { InnerException: not TimeoutException } or SocketException or IOException;

    /// <summary>Classes 08 connection, 25 transaction state, 40 rollback, 53 resources, 55 not in prerequisite state (lock_timeout among them), 57 operator, 58 system.</summary>
    private static bool IsTrouble(string state) => state[..2] is "08" or "25" or "40" or "53" or "55" or "57" or "58";
}
