using Microsoft.Extensions.Logging;
using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Keeps a node's memory current with what other nodes commit: woken by their notifications, and looking by itself four times a second, since a
/// notification may be lost with its connection. It goes on for ever, through whatever becomes of the database.
/// </summary>
internal sealed partial class LedgerFollower : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>A node that was away has more to read.</summary>
    private static readonly TimeSpan LearningLimit = TimeSpan.FromSeconds(60);

    private readonly PostgresSource _source;
    private readonly short _ledger;
    private readonly LedgerMemory _memory;
    private readonly LedgerFollowing _following;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private long _news;
    private bool _isCutOff;

    public LedgerFollower(PostgresSource source, short ledger, LedgerMemory memory, LedgerFollowing following, TimeProvider time, ILogger logger)
    {
        (_source, _ledger, _memory, _following, _time, _logger) = (source, ledger, memory, following, time, logger);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await FollowUntilTroubleAsync();
            }
            catch (LedgerHaltedException)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was: a node that no longer follows would go on answering from what it knew.
                if (!_isCutOff && !_stopping.IsCancellationRequested) Log.CutOff(_logger, error.Message);
                _isCutOff = true;
            }

            await Task.Delay(LookEvery, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowUntilTroubleAsync()
    {
        var connection = await PostgresReads.OpenAsync(_source, new Patience(Limit, _time));
        Task last = Task.CompletedTask;
        try
        {
            connection.Notification += (_, news) => _news = Math.Max(_news, LedgerChannel.SizeOf(news.Payload, _ledger));
            await new Patience(Limit, _time).Await(last = ListenAsync(connection));
            while (!_stopping.IsCancellationRequested)
            {
                await new Patience(LearningLimit, _time).Await(last = LookAsync(connection));
                if (_isCutOff) Log.Follows(_logger);
                _isCutOff = false;
                do await (last = WaitForNewsAsync(connection)).WaitAsync(_stopping.Token);
                while (await IsLearntAsync());
            }
        }
        finally
        {
            _ = Patience.LetGoAsync(connection, last);
        }
    }

    private static async Task ListenAsync(NpgsqlConnection connection)
    {
        await using var name = new NpgsqlCommand(LedgerChannel.Name, connection);
        await using var listen = new NpgsqlCommand($"LISTEN {await name.ExecuteScalarAsync()}", connection);
        await listen.ExecuteNonQueryAsync();
    }

    private async Task WaitForNewsAsync(NpgsqlConnection connection)
    {
        var began = _time.GetTimestamp();
        // Whole milliseconds: the driver takes less than one for none, and waits for ever.
        while (_news <= _memory.Size && !_stopping.IsCancellationRequested && (int)(LookEvery - _time.GetElapsedTime(began)).TotalMilliseconds is > 0 and var left)
            await connection.WaitAsync(left);
    }

    /// <summary>Whether the news was learnt meanwhile: an append that is under way learns by itself what was committed before it.</summary>
    private async Task<bool> IsLearntAsync()
    {
        var size = Interlocked.Exchange(ref _news, 0);
        if (size == 0 || !await _memory.Changing.WaitAsync(LookEvery, _stopping.Token)) return false;
        _memory.Changing.Release();
        return _memory.Size >= size;
    }

    /// <summary>Takes the lock only when there is something to learn: looking must not stand in the way of appending.</summary>
    private async Task LookAsync(NpgsqlConnection connection)
    {
        var patience = new Patience(LearningLimit, _time);
        var tree = _memory.Tree;
        var row = await new Patience(Limit, _time).Await(LedgerRow.ReadAsync(connection, _ledger));
        if (row.Size == tree.Size && row.First == _memory.First && row.Identity == _memory.Identity && row.Tree.AsSpan().SequenceEqual(tree.ToBytes())) return;
        await _memory.Changing.WaitAsync(_stopping.Token);
        try
        {
            row = await new Patience(Limit, _time).Await(LedgerRow.ReadAsync(connection, _ledger));
            await _following.FollowAsync(connection, row, patience);
        }
        finally
        {
            _memory.Changing.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What other nodes commit cannot be followed now, and is tried again: {Problem}")]
        public static partial void CutOff(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "What other nodes commit is followed again.")]
        public static partial void Follows(ILogger logger);
    }
}
