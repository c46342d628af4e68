using System.Collections.Concurrent;
using Npgsql;
using Sluice.Nodes;

namespace Sluice.Storage.Postgres;

/// <summary>
/// One connection whose session holds the locks of this node. Anything that goes wrong on it ends it, and all that it holds is lost at once. Nothing on it
/// is ever cancelled: the driver's cancellation waits for a server that hangs. A statement without an answer is left behind with the connection.
/// </summary>
internal sealed class PostgresNodeSession
{
    private readonly NpgsqlConnection _connection;
    private readonly PostgresSource _source;
    private readonly NodeInfo _self;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _lost;
    private Task _last = Task.CompletedTask;

    private PostgresNodeSession(NpgsqlConnection connection, PostgresSource source, NodeInfo self, TimeProvider time)
    {
        (_connection, _source, _self, _time) = (connection, source, self, time);
        _lost = new CancellationTokenSource(NodeTimings.LostAfter, time);
        Lost = _lost.Token;
    }

    /// <summary>Fires when the session ended, or would soon be ended by the server.</summary>
    public CancellationToken Lost { get; }

    public static async Task<PostgresNodeSession> OpenAsync(PostgresSource source, NodeInfo self, TimeProvider time, CancellationToken cancellation)
    {
        var connection = await source.OpenUnpooledAsync(cancellation);
        var session = new PostgresNodeSession(connection, source, self, time);
        try
        {
            await session.RunAsync([.. Settings(), NodeTable.Purge(), NodeTable.Seen(self)]);
            return session;
        }
        catch
        {
            session.End();
            throw;
        }
    }

    /// <summary>Keeps the session alive.</summary>
    /// <param name="isSeen">This node counts among those that share the streams.</param>
    public async Task BeatAsync(bool isSeen)
    {
        var began = _time.GetTimestamp();
        await RunAsync(isSeen ? NodeTable.Seen(_self) : new NpgsqlBatchCommand("SELECT 1"));
        Prolong(began);
    }

    /// <summary>Takes this node off the list.</summary>
    public Task RetireAsync() => RunAsync(NodeTable.Gone(_self));

    /// <returns>Null while anybody has it.</returns>
    public async ValueTask<NodeHold?> TryTakeAsync(string key)
    {
        if (!_held.TryAdd(key, true)) return null;
        var isTaken = false;
        try
        {
            isTaken = await RunAsync(LockCommand("pg_try_advisory_lock", key)) is true;
            return isTaken && !Lost.IsCancellationRequested ? new NodeHold(key, Lost, () => ReleaseAsync(key)) : null;
        }
        finally
        {
            if (!isTaken) _held.TryRemove(key, out _);
        }
    }

    /// <summary>Gives everything back at once and takes this node off the list.</summary>
    public Task LeaveAsync() => RunAsync(NodeTable.Gone(_self), new NpgsqlBatchCommand("SELECT pg_advisory_unlock_all()"));

    /// <summary>Closes the connection as soon as nothing runs on it any more; does not wait for that.</summary>
    public void End()
    {
        _lost.Cancel();
        _ = _last.ContinueWith(_ => _connection.DisposeAsync().AsTask(), TaskScheduler.Default).Unwrap().ContinueWith(ended => ended.Exception, TaskScheduler.Default);
    }

    private async ValueTask ReleaseAsync(string key)
    {
        try
        {
            if (!Lost.IsCancellationRequested) await RunAsync(LockCommand("pg_advisory_unlock", key));
        }
        catch (StorageUnavailableException)
        {
            // The session is over, and its locks with it.
        }
        finally
        {
            _held.TryRemove(key, out _);
        }
    }

    private NpgsqlBatchCommand LockCommand(string function, string key) => new($"SELECT {function}(hashtextextended($1, 0))")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = $"{_source.Schema}/{key}" } },
    };

    private static NpgsqlBatchCommand[] Settings() =>
    [
        new($"SET idle_session_timeout = {(long)NodeTimings.FreedAfter.TotalMilliseconds}"),
        // A heartbeat need not outlive a power cut, and must not wait for a standby that is away.
        new("SET synchronous_commit = off"),
    ];

    /// <returns>What the first command answers.</returns>
    private async Task<object?> RunAsync(params NpgsqlBatchCommand[] commands)
    {
        try
        {
            await _gate.WaitAsync(Lost);
            var running = ExecuteAsync(commands);
            _last = running;
            var answer = await running.WaitAsync(Lost);
            _gate.Release();
            return answer;
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException || PostgresErrors.Of(error) is not null)
        {
            await _lost.CancelAsync();
            throw PostgresErrors.Of(error) ?? new StorageUnavailableException("PostgreSQL did not answer in time, or this node is leaving.", error);
        }
    }

    private async Task<object?> ExecuteAsync(NpgsqlBatchCommand[] commands)
    {
        await using var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return await batch.ExecuteScalarAsync();
    }

    /// <summary>A session that was lost stays lost.</summary>
    private void Prolong(long began)
    {
        var left = NodeTimings.LostAfter - _time.GetElapsedTime(began);
        if (left > TimeSpan.Zero) _lost.CancelAfter(left);
        else _lost.Cancel();
    }
}
