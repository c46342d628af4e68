using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Events;
using Sluice.Storage.Index;

namespace Sluice.Storage.Postgres;

/// <summary>The index keys of stored events: from the rows that commit groups left, or, where those are gone, from bodies.</summary>
internal sealed partial class SegmentKeys(PostgresSource source, SegmentTables tables, TimeProvider time, ILogger logger)
{
    private const int AtOnce = 16_384;

    /// <summary>How long work on the index may take before it is told in the log how far it is.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    /// <summary>The newest segment whose table of groups was seen to be there.</summary>
    private long _seen = -1;

    /// <summary>Hands the keys of <c>[from, end)</c> to a receiver. It blocks: the index's own thread asks.</summary>
    public void Read(long from, long end, KeyReceiver receive)
    {
        var reported = time.GetTimestamp();
        for (var at = from; at < end;)
        {
            var stop = Math.Min(Math.Min(end, at + AtOnce), tables.EndOf(at));
            foreach (var group in ReadAsync(at, stop).GetAwaiter().GetResult()) Hand(group, at, stop, receive);
            at = stop;
            if (time.GetElapsedTime(reported) < ReportEvery) continue;
            reported = time.GetTimestamp();
            Log.Building(logger, at - from, end - from);
        }
    }

    public static void Hand(StoredGroup group, long from, long end, KeyReceiver receive)
    {
        for (var sequence = Math.Max(from, group.First); sequence < Math.Min(end, group.End); sequence++)
        {
            var keys = GroupKeys.Read(group.Keys, (int)(sequence - group.First), out var times);
            receive(sequence, keys, times);
        }
    }

    /// <returns>The groups that hold the events of <c>[from, end)</c>, the first of which may begin before; null when there are not all.</returns>
    public async Task<List<StoredGroup>?> GroupsAsync(NpgsqlConnection connection, long from, long end)
    {
        var groups = new List<StoredGroup>();
        for (var at = from; at < end; at = groups[^1].End)
        {
            if (!await AddGroupsAsync(connection, at, end, groups)) return null;
        }

        return groups;
    }

    /// <summary>The same keys, made from the events themselves.</summary>
    public async Task<List<StoredGroup>> FromBodiesAsync(NpgsqlConnection connection, long from, long end)
    {
        const int Chunk = 1024;
        var groups = new List<StoredGroup>();
        using var page = new EventPage();
        for (var at = from; at < end; at += page.Count)
        {
            page.Clear();
            var stop = Math.Min(Math.Min(end, at + Chunk), tables.EndOf(at));
            await EventCopy.ReadAsync(connection, tables.SelectRange(at, stop), page);
            if (page.Count != stop - at) throw new StorageCorruptException($"Events from {at} to {stop - 1} are not all in the database.");
            groups.Add(Of(page));
        }

        return groups;
    }

    private static StoredGroup Of(EventPage page)
    {
        var keys = new byte[page.Count * GroupKeys.BytesPerEvent];
        for (var i = 0; i < page.Count; i++)
        {
            var read = BodyKeys.Read(page[i].Body.Span, page[i].Digest, out var times);
            GroupKeys.Write(keys.AsSpan(i * GroupKeys.BytesPerEvent), read, times);
        }

        return new StoredGroup(page[0].Sequence, page.Count, [], keys);
    }

    private async Task<List<StoredGroup>> ReadAsync(long from, long end)
    {
        try
        {
            await using var connection = await source.OpenAsync(CancellationToken.None);
            return await GroupsOrNoneAsync(connection, from, end) ?? await FromBodiesAsync(connection, from, end);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    private async Task<List<StoredGroup>?> GroupsOrNoneAsync(NpgsqlConnection connection, long from, long end)
    {
        try
        {
            return await GroupsAsync(connection, from, end);
        }
        catch (PostgresException gone) when (PostgresErrors.IsMissingTable(gone))
        {
            return null;
        }
    }

    /// <summary>Asks for the groups behind this node's last event together with something else; null when their table may not be there.</summary>
    public NpgsqlBatchCommand? GroupsBehind(long size) => tables.NumberOf(size) == Volatile.Read(ref _seen)
        ? new NpgsqlBatchCommand($"SELECT first_sequence, count, root, keys FROM {tables.Groups(tables.NumberOf(size))} WHERE ledger = $1 AND first_sequence >= $2 ORDER BY first_sequence")
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = size } },
        }
        : null;

    /// <returns>Whether the groups that were read begin at <paramref name="from"/> and follow one another.</returns>
    public static async Task<bool> AddAsync(NpgsqlDataReader reader, long from, List<StoredGroup> groups)
    {
        var next = from;
        while (await reader.ReadAsync())
        {
            var group = new StoredGroup(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3));
            if (group.First > next || group.End <= next || group.Keys.Length != group.Count * GroupKeys.BytesPerEvent) return false;
            groups.Add(group);
            next = group.End;
        }

        return next > from;
    }

    /// <returns>False when the next event's group is not there.</returns>
    private async Task<bool> AddGroupsAsync(NpgsqlConnection connection, long from, long end, List<StoredGroup> groups)
    {
        var (segment, table) = (tables.NumberOf(from), tables.Groups(tables.NumberOf(from)));
        if (segment != Volatile.Read(ref _seen) && !await SegmentTables.ExistsAsync(connection, table)) return false;
        Volatile.Write(ref _seen, segment);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT first_sequence, count, root, keys FROM {table} WHERE ledger = $1 AND first_sequence < $3
            AND first_sequence >= coalesce((SELECT max(first_sequence) FROM {table} WHERE ledger = $1 AND first_sequence <= $2), $2) ORDER BY first_sequence
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = from }, new NpgsqlParameter<long> { TypedValue = end } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        return await AddAsync(reader, from, groups);
    }

    /// <summary>A segment was sealed, and its groups dropped.</summary>
    public void Forget() => Volatile.Write(ref _seen, -1);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The index is being built on this node: {Done} of {All} events read.")]
        public static partial void Building(ILogger logger, long done, long all);
    }
}
