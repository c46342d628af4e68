using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Storage.Index;
using Sluice.Storage.Sqlite;

namespace Sluice.Storage.Postgres;

/// <summary>
/// What a node does for a ledger beside its work, once a second when there is something to do: vouches for its index files, stores the index of a sealed
/// segment for the other nodes, and removes tables that nobody needs any more.
/// </summary>
internal sealed partial class LedgerKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A database that is away does not keep a node from stopping; one that answers is let finish, or files would change behind a stopped node.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly PostgresSource _source;
    private readonly SegmentTables _tables;
    private readonly LedgerMemory _memory;
    private readonly string _folder;
    private readonly IndexMark _mark;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private Task _work = Task.CompletedTask;
    private long _sealedUpTo;
    private long _removedUpTo = -1;

    public LedgerKeeper(PostgresSource source, SegmentTables tables, LedgerMemory memory, string folder, IndexMark mark, TimeProvider time, ILogger logger)
    {
        (_source, _tables, _memory, _folder, _mark, _time, _logger) = (source, tables, memory, folder, mark, time, logger);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(_work, Task.Delay(Grace, _time));
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (HasWork()) await (_work = WorkAsync()).WaitAsync(_stopping.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.Later(_logger, error.Message);
            }

            await Task.Delay(Pause, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool HasWork() => _removedUpTo < _memory.First || _mark.Runs < _memory.Size / IndexTail.Capacity || NextSealed(_sealedUpTo) is not null;

    private async Task WorkAsync()
    {
        await using var connection = await _source.OpenAsync(_stopping.Token);
        await _mark.MoveAsync(connection, _memory.Tree);
        await SealAsync(connection);
        await RemoveAsync(connection);
    }

    private async Task SealAsync(NpgsqlConnection connection)
    {
        while (NextSealed(_sealedUpTo) is { } first)
        {
            if (!await new SealedIndexes(_folder, _tables).StoreAsync(connection, first / SegmentFile.Capacity)) return;
            await new SegmentRemoval(_tables).DropGroupsAsync(connection, first, first + SegmentFile.Capacity);
            _sealedUpTo = first + SegmentFile.Capacity;
        }
    }

    private async Task RemoveAsync(NpgsqlConnection connection)
    {
        var first = _memory.First;
        if (_removedUpTo >= first) return;
        await new SegmentRemoval(_tables).RemoveBeforeAsync(connection, first);
        await new SealedIndexes(_folder, _tables).ForgetBeforeAsync(connection, first);
        _removedUpTo = first;
    }

    /// <summary>The next complete segment, once this node has merged its index.</summary>
    private long? NextSealed(long from)
    {
        var first = Math.Max(from, _memory.First);
        first -= first % SegmentFile.Capacity;
        return first + SegmentFile.Capacity <= _memory.Size && File.Exists(IndexFolder.SegmentPath(_folder, first)) ? first : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Work on the ledger's tables is put off: {Problem}")]
        public static partial void Later(ILogger logger, string problem);
    }
}
