using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>Reads of a ledger's events. Each fills a page of its own first: one that got no answer in time must not write into what others use.</summary>
internal sealed class PostgresReads(PostgresSource source, SegmentTables tables, LedgerMemory memory, TimeProvider time)
{
    /// <summary>A reader hears within this time that the database does not answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Fewer are read faster by a prepared statement than by COPY, which is planned every time.</summary>
    private const int FewEvents = 100;

    private const int FirstGuess = 1024;

    private int _bytesPerEvent = FirstGuess;

    /// <summary>Runs a question on a connection of the pool.</summary>
    /// <param name="ask">Must touch only what is its own: it may go on after the exception.</param>
    /// <exception cref="StorageUnavailableException">There was no answer in time, or trouble.</exception>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> ask)
    {
        memory.ThrowIfHalted();
        var patience = new Patience(Limit, time);
        var pool = source.Pool;
        try
        {
            return await patience.Await(OnConnectionAsync(pool, ask));
        }
        catch (Exception error) when (PostgresErrors.IsLostConnection(error) && patience.Left > TimeSpan.Zero)
        {
            // A server that was restarted leaves a pool of dead connections behind; the next question must not find each of them in turn.
            source.Renew(pool);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            if (error is DatabaseHangsException) source.Renew(pool);
            throw trouble;
        }

        return await AgainAsync(patience, ask);
    }

    private async Task<T> AgainAsync<T>(Patience patience, Func<NpgsqlConnection, Task<T>> ask)
    {
        try
        {
            return await patience.Await(OnConnectionAsync(source.Pool, ask));
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    /// <summary>A connection that the caller keeps.</summary>
    public static async ValueTask<NpgsqlConnection> OpenAsync(PostgresSource source, Patience patience)
    {
        var pool = source.Pool;
        var opening = pool.OpenConnectionAsync().AsTask();
        try
        {
            return await patience.Await(opening);
        }
        catch (DatabaseHangsException)
        {
            _ = CloseLaterAsync(opening);
            source.Renew(pool);
            throw;
        }
    }

    private static async Task CloseLaterAsync(Task<NpgsqlConnection> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully) await Patience.LetGoAsync(await opening, Task.CompletedTask);
    }

    public async ValueTask RangeAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation)
    {
        var before = page.Count;
        (from, end) = (Math.Max(from, memory.First), Math.Min(end, memory.Size));
        while (from < end && page.Count < maxEvents && (page.Count == 0 || page.Bytes < maxBytes))
        {
            cancellation.ThrowIfCancellationRequested();
            var stop = Math.Min(Math.Min(end, from + Guess(maxEvents - page.Count, maxBytes - page.Bytes)), tables.EndOf(from));
            using var read = await ChunkAsync(from, stop);
            if (read.Count > 0)
            {
                _bytesPerEvent = Math.Max(64, read.Bytes / read.Count);
                if (!MoveTo(page, read, maxEvents, maxBytes)) return;
                from = stop;
            }
            else
            {
                // Dropped meanwhile: what was read before it may not be followed by what comes behind it.
                if (page.Count > before || from >= memory.First) return;
                from = memory.First;
            }
        }
    }

    public async ValueTask ManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation)
    {
        var wanted = new Dictionary<long, List<long>>();
        foreach (var sequence in sequences.Span)
        {
            if (sequence < memory.First || sequence >= memory.Size) continue;
            var segment = tables.NumberOf(sequence);
            if (!wanted.TryGetValue(segment, out var list)) wanted.Add(segment, list = []);
            list.Add(sequence);
        }

        using var read = new EventPage();
        foreach (var (segment, list) in wanted)
        {
            cancellation.ThrowIfCancellationRequested();
            using var part = await AskForPageAsync((connection, its) => FillManyAsync(connection, tables, segment, [.. list], its));
            for (var i = 0; i < part.Count; i++) read.Add(part[i].Sequence, part[i].PersistedAt, part[i].Digest, part[i].Body.Span);
        }

        MoveInOrder(page, read, sequences.Span);
    }

    /// <summary>Adds the events of one segment with these sequences, in order.</summary>
    public static async Task<bool> FillManyAsync(NpgsqlConnection connection, SegmentTables tables, long segment, long[] sequences, EventPage page)
    {
        await using var command = new NpgsqlCommand($"SELECT sequence, persisted_at, digest, body FROM {tables.Events(segment)} WHERE ledger = $1 AND sequence = ANY($2) ORDER BY sequence", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long[]> { TypedValue = sequences } },
        };
        return await FillAsync(command, page);
    }

    private static async Task<T> OnConnectionAsync<T>(NpgsqlDataSource pool, Func<NpgsqlConnection, Task<T>> ask)
    {
        await using var connection = await pool.OpenConnectionAsync();
        return await ask(connection);
    }

    private async Task<EventPage> ChunkAsync(long from, long end) => await AskForPageAsync((connection, page) =>
        end - from > FewEvents ? CopyAsync(connection, from, end, page) : FillRangeAsync(connection, from, end, page));

    /// <returns>A page that is the caller's; empty when the segment was dropped.</returns>
    private async Task<EventPage> AskForPageAsync(Func<NpgsqlConnection, EventPage, Task<bool>> fill) => await AskAsync(async connection =>
    {
        var page = new EventPage();
        try
        {
            await fill(connection, page);
        }
        catch (PostgresException gone) when (PostgresErrors.IsMissingTable(gone))
        {
            var row = await LedgerRow.ReadAsync(connection, tables.Ledger);
            memory.BeginAt(row.First);
            page.Clear();
        }

        return page;
    });

    private async Task<bool> CopyAsync(NpgsqlConnection connection, long from, long end, EventPage page)
    {
        await EventCopy.ReadAsync(connection, tables.SelectRange(from, end), page);
        return true;
    }

    private async Task<bool> FillRangeAsync(NpgsqlConnection connection, long from, long end, EventPage page)
    {
        var table = tables.Events(tables.NumberOf(from));
        await using var command = new NpgsqlCommand($"SELECT sequence, persisted_at, digest, body FROM {table} WHERE ledger = $1 AND sequence >= $2 AND sequence < $3 ORDER BY sequence", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = from }, new NpgsqlParameter<long> { TypedValue = end } },
        };
        return await FillAsync(command, page);
    }

    private static async Task<bool> FillAsync(NpgsqlCommand command, EventPage page)
    {
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            page.Add(reader.GetInt64(0), reader.GetInt64(1), Ledger.Digest.From(reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3));
        }

        return true;
    }

    /// <summary>How many events to ask for so that little is read in vain: by the size of those read last.</summary>
    private int Guess(int events, int bytes) => Math.Clamp((int)Math.Min(events, (long)bytes / _bytesPerEvent + 1), 1, 16_384);

    /// <returns>Whether the page took them all.</returns>
    private static bool MoveTo(EventPage page, EventPage read, int maxEvents, int maxBytes)
    {
        for (var i = 0; i < read.Count; i++)
        {
            if (page.Count > 0 && (page.Count >= maxEvents || page.Bytes + read[i].Body.Length > maxBytes)) return false;
            page.Add(read[i].Sequence, read[i].PersistedAt, read[i].Digest, read[i].Body.Span);
        }

        return true;
    }

    private static void MoveInOrder(EventPage page, EventPage read, ReadOnlySpan<long> sequences)
    {
        var places = new Dictionary<long, int>(read.Count);
        for (var i = 0; i < read.Count; i++) places.Add(read[i].Sequence, i);
        foreach (var sequence in sequences)
        {
            if (!places.TryGetValue(sequence, out var at)) continue;
            page.Add(sequence, read[at].PersistedAt, read[at].Digest, read[at].Body.Span);
        }
    }
}
