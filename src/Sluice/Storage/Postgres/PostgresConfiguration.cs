using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>The configuration in PostgreSQL, shared by all nodes. Whoever made the source ends it.</summary>
public sealed class PostgresConfiguration(PostgresSource source) : IConfigurationStore
{
    /// <summary>Within this time a call has done its work or given up; a server that hangs costs two seconds more, in which it is asked to cancel.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LockLimit = TimeSpan.FromMilliseconds(2_500);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>The name of the lock that a node holds while it starts.</summary>
    internal const string StartLock = "sluice start";

    private const int MostTries = 5;

    private static readonly string WaitLimit = $"SET LOCAL lock_timeout = {(long)LockLimit.TotalMilliseconds}";

    private static readonly string[] Relaxed = [WaitLimit, "SET LOCAL synchronous_commit = off"];

    private readonly string[] _alone = [WaitLimit, $"SELECT pg_advisory_xact_lock({PostgresLock.KeyOf("sluice configuration", source.Schema)})"];

    public ValueTask<T> ReadAsync<T>(Func<IConfigurationSession, ValueTask<T>> read, CancellationToken cancellation = default) =>
        RunAsync(["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"], read, cancellation);

    /// <summary>The lock is PostgreSQL's own, held until the commit is visible to all: the next writer reads what this one wrote.</summary>
    public ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => RunAsync(_alone, write, cancellation);

    public ValueTask<T> WriteRelaxedAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => RunAsync(Relaxed, write, cancellation);

    /// <exception cref="StorageUnavailableException">It could not be had, or the database is not whole: a migration into it is unfinished.</exception>
    public async ValueTask<IAsyncDisposable> LockForStartAsync(CancellationToken cancellation = default)
    {
        var alone = await PostgresLock.TakeAsync(source, StartLock, StartLimit, cancellation);
        try
        {
            await MigrationMark.RefuseAsync(source, cancellation);
            return alone;
        }
        catch
        {
            await alone.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<T> RunAsync<T>(string[] opening, Func<IConfigurationSession, ValueTask<T>> work, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(opening, work, limit.Token);
            }
            catch (Exception error) when (tries < MostTries && PostgresErrors.IsCollision(error))
            {
                // Two transactions met and this one was rolled back: it goes again.
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new StorageUnavailableException($"PostgreSQL did not answer within {Limit.TotalSeconds} s.");
            }
            catch (Exception error) when (TroubleOf(error) is { } trouble)
            {
                if (PostgresErrors.IsReadOnly(error)) source.Pool.Clear();
                throw trouble;
            }
        }
    }

    private async ValueTask<T> TryAsync<T>(string[] opening, Func<IConfigurationSession, ValueTask<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.Pool.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var session = new PostgresSession(connection, cancellation);
        await session.OpenAsync(opening);
        var result = await work(session);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>What PostgreSQL refuses is no caller's business either: a constraint, as on SQLite.</summary>
    private static StorageUnavailableException? TroubleOf(Exception error) =>
        PostgresErrors.Of(error) ?? (error is PostgresException refused ? new StorageUnavailableException($"PostgreSQL refuses: {refused.MessageText} ({refused.SqlState})", refused) : null);
}
