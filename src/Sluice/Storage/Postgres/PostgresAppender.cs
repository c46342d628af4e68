using Npgsql;
using Sluice.Events;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Appends groups under the ledger's row lock. Per group, in one transaction: 1. take the lock, and with it the last word on what is committed; 2. learn
/// what other nodes have committed; 3. settle which events are new; 4. copy them into their segment, with their keys, nodes and the tree; 5. commit;
/// 6. only then change anything in memory. What became of a commit that was not answered is not guessed: the next append begins by looking.
/// </summary>
internal sealed class PostgresAppender(
    PostgresSource source, SegmentTables tables, LedgerMemory memory, LedgerFollowing following, SegmentKeys keys, StuckSessions stuck, TimeProvider time) : IAsyncDisposable
{
    /// <summary>An append answers within this time and what its bytes need, whatever the database does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(900);

    private const double BytesPerSecond = 32 << 20;

    /// <summary>The server gives a waiting session up before we do, so that its connection stays of use.</summary>
    private const int LockMilliseconds = 700;

    /// <summary>Without the lock for so long, whoever holds it is looked at.</summary>
    private static readonly TimeSpan Suspicious = TimeSpan.FromMilliseconds(250);

    /// <summary>Learning more than this is not done while others wait for the lock.</summary>
    private const long FarBehind = 200_000;

    private NpgsqlDataSource? _pool;
    private NpgsqlConnection? _connection;

    public async ValueTask AppendAsync(IReadOnlyList<AcceptedBatch> group)
    {
        memory.ThrowIfHalted();
        var patience = new Patience(Limit + TimeSpan.FromSeconds(group.Sum(batch => (long)batch.Bytes) / BytesPerSecond), time);
        if (!await memory.Changing.WaitAsync(patience.Left)) throw new StorageUnavailableException("This node is learning what other nodes have committed. Try again.");
        try
        {
            await TryUntilAsync(group, patience);
        }
        finally
        {
            memory.Changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await Patience.LetGoAsync(connection, Task.CompletedTask);
    }

    /// <summary>Tries again when two transactions met, and once when the connection turned out to be dead.</summary>
    private async ValueTask TryUntilAsync(IReadOnlyList<AcceptedBatch> group, Patience patience)
    {
        var isFresh = _connection is null;
        while (true)
        {
            try
            {
                await TryAsync(group, patience);
                return;
            }
            catch (Exception error)
            {
                Drop(error, patience);
                if (PostgresErrors.IsMissingTable(error)) keys.Forget();
                var again = PostgresErrors.IsCollision(error) || PostgresErrors.IsMissingTable(error) || (!isFresh && PostgresErrors.IsLostConnection(error));
                isFresh |= PostgresErrors.IsLostConnection(error);
                if (again && patience.Left > TimeSpan.Zero) continue;
                if (PostgresErrors.Of(error) is { } trouble) throw trouble;
                throw;
            }
        }
    }

    private async ValueTask TryAsync(IReadOnlyList<AcceptedBatch> group, Patience patience)
    {
        var connection = _connection ??= await OpenAsync(patience);
        var (row, groups) = await LockAsync(connection, patience);
        if (row.Size - memory.Size > FarBehind) throw new StorageUnavailableException("This node is learning what other nodes have committed. Try again.");
        await following.FollowAsync(connection, row, patience, groups);
        var pending = new PendingGroup(tables, group, memory.Index);
        using var known = await KnownAsync(connection, pending.Candidates, patience);
        pending.Settle(known, memory.Tree, Math.Max(row.PersistedAt, row.Clock));
        if (pending.Count == 0)
        {
            await patience.Await(RollbackAsync(connection));
            return;
        }

        await patience.Await(GroupWriter.WriteAsync(connection, tables, pending));
        pending.Remember(memory.Index);
        memory.Publish(pending.Tree);
    }

    private ValueTask<NpgsqlConnection> OpenAsync(Patience patience)
    {
        _pool = source.Pool;
        return PostgresReads.OpenAsync(source, patience);
    }

    private async ValueTask<(LedgerRow Row, List<StoredGroup>? Groups)> LockAsync(NpgsqlConnection connection, Patience patience)
    {
        var locking = RowAsync(connection);
        using var enough = new CancellationTokenSource();
        if (await Task.WhenAny(locking, Task.Delay(Suspicious, time, enough.Token)) != locking) await stuck.EndWhoBlocksAsync(connection.ProcessID, patience);
        await enough.CancelAsync();
        return await patience.Await(locking);
    }

    /// <summary>What other nodes have committed comes along: each round trip under the lock is one that all nodes wait for.</summary>
    private async Task<(LedgerRow Row, List<StoredGroup>? Groups)> RowAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand($"SET LOCAL lock_timeout = {LockMilliseconds}"),
                new NpgsqlBatchCommand(LedgerRow.Lock) { Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger } } },
            },
        };
        var (size, groups) = (memory.Size, new List<StoredGroup>());
        if (keys.GroupsBehind(size) is { } behind) batch.BatchCommands.Add(behind);
        await using var reader = await batch.ExecuteReaderAsync();
        var row = await LedgerRow.NextAsync(reader);
        var hasGroups = batch.BatchCommands.Count > 3 && await reader.NextResultAsync() && await SegmentKeys.AddAsync(reader, size, groups);
        return (row, hasGroups ? groups : null);
    }

    private async ValueTask<EventPage> KnownAsync(NpgsqlConnection connection, IReadOnlyList<long> candidates, Patience patience)
    {
        if (candidates.Count == 0) return new EventPage();
        var kept = candidates.Where(sequence => sequence >= memory.First).Distinct().Order().ToArray();
        return await patience.Await(ReadKnownAsync(connection, kept));
    }

    private async Task<EventPage> ReadKnownAsync(NpgsqlConnection connection, long[] sequences)
    {
        var page = new EventPage();
        foreach (var segment in sequences.GroupBy(tables.NumberOf)) await PostgresReads.FillManyAsync(connection, tables, segment.Key, [.. segment], page);
        return page;
    }

    private static async Task RollbackAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("ROLLBACK", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>After trouble the transaction's outcome is the server's to tell, on another connection.</summary>
    private void Drop(Exception error, Patience patience)
    {
        if (_connection is { } connection) _ = Patience.LetGoAsync(connection, patience.Unanswered);
        _connection = null;
        if (_pool is { } pool && (error is DatabaseHangsException || PostgresErrors.IsLostConnection(error))) source.Renew(pool);
    }
}
