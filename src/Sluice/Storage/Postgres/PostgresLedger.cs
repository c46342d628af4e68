using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage.Index;
using Sluice.Storage.Sqlite;

namespace Sluice.Storage.Postgres;

/// <summary>
/// A ledger in PostgreSQL that any number of nodes share. Each keeps its own index on local files, made from what commit groups leave behind; the files
/// can be deleted at any time.
/// </summary>
public sealed partial class PostgresLedger : ILedgerStore
{
    private readonly LedgerMemory _memory;
    private readonly PostgresReads _reads;
    private readonly HashTiles _tiles;
    private readonly LastWord _lastWord;
    private readonly PostgresAppender _appender;
    private readonly LedgerFollower _follower;
    private readonly LedgerKeeper _keeper;
    private readonly SegmentDrop _drop;

    private PostgresLedger(
        string name, PostgresSource source, SegmentTables tables, LedgerMemory memory, SegmentKeys keys, string folder, IndexMark mark, TimeProvider time, ILogger logger)
    {
        (Name, _memory) = (name, memory);
        _reads = new PostgresReads(source, tables, memory, time);
        _tiles = new HashTiles(_reads, tables, memory);
        _lastWord = new LastWord(_reads, tables, memory, time);
        var following = new LedgerFollowing(name, memory, tables, keys, logger);
        _appender = new PostgresAppender(source, tables, memory, following, keys, new StuckSessions(source, logger), time);
        _follower = new LedgerFollower(source, tables.Ledger, memory, following, time, logger);
        _keeper = new LedgerKeeper(source, tables, memory, folder, mark, time, logger);
        _drop = new SegmentDrop(_reads, tables, memory);
    }

    public string Name { get; }

    public long Size => _memory.Size;

    public long First => _memory.First;

    public IEventIndex Index => _memory.Index;

    /// <summary>Opens a ledger of a database whose schema is up to date, and builds what this node's index lacks.</summary>
    /// <param name="folder">For this node's index.</param>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    /// <exception cref="StorageCorruptException">The database does not hold what it should.</exception>
    public static Task<PostgresLedger> OpenAsync(string name, PostgresSource source, string folder, TimeProvider time, ILogger logger) =>
        OpenAsync(name, source, folder, SegmentFile.Capacity, time, logger);

    /// <param name="capacity">Events of a segment; a database has one for all times.</param>
    internal static async Task<PostgresLedger> OpenAsync(string name, PostgresSource source, string folder, long capacity, TimeProvider time, ILogger logger)
    {
        try
        {
            await using var connection = await source.OpenAsync(CancellationToken.None);
            var tables = new SegmentTables(await LedgerRow.IdOfAsync(connection, name), capacity);
            var keys = new SegmentKeys(source, tables, time, logger);
            var row = await LedgerRow.ReadAsync(connection, tables.Ledger);
            var files = Path.Combine(folder, "index");
            var mark = new IndexMark(files, row.Identity, tables);
            if (await mark.CheckAsync(connection)) Log.Foreign(logger, name);
            await new SealedIndexes(files, tables).FetchMissingAsync(connection, row.First, row.Size);
            await mark.MoveAsync(connection, TreeState.FromBytes(row.Tree));
            var index = await Task.Run(() => LedgerIndex.Open(files, row.First, row.Size, keys.Read, time, logger));
            return new PostgresLedger(name, source, tables, new LedgerMemory(row, index), keys, files, mark, time, logger);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    public TreeState Tree()
    {
        _memory.ThrowIfHalted();
        return _memory.Tree.Clone();
    }

    public ValueTask AppendAsync(IReadOnlyList<AcceptedBatch> group, CancellationToken cancellation) => _appender.AppendAsync(group);

    public ValueTask<DroppedSegment?> DropOldestAsync(long persistedBefore, IReadOnlyCollection<long> checkpointSizes, CancellationToken cancellation) =>
        _drop.DropAsync(persistedBefore, checkpointSizes, cancellation);

    public void ThrowIfClosedToReaders() => _memory.ThrowIfHalted();

    public ValueTask ReadAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation) =>
        _reads.RangeAsync(page, from, end, maxEvents, maxBytes, cancellation);

    public ValueTask ReadManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation) => _reads.ManyAsync(page, sequences, cancellation);

    public async ValueTask CatchUpAsync(CancellationToken cancellation) => await _lastWord.CatchUpAsync().WaitAsync(cancellation);

    public ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation) => _memory.WaitForMoreThanAsync(size, cancellation);

    public ValueTask<Digest> NodeAsync(NodeId node, CancellationToken cancellation) => _tiles.NodeAsync(node);

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        await _follower.DisposeAsync();
        await _appender.DisposeAsync();
        await _memory.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Index files of ledger {Ledger} are of another ledger or another history, and are made again.")]
        public static partial void Foreign(ILogger logger, string ledger);
    }
}
