using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>
/// Destinations, cursors, attempts, dead letters and gaps. Whoever runs a stream has taken it and writes with the fence that it got: once another
/// one took it, such a write changes nothing and is a <see cref="StaleStreamException"/>.
/// </summary>
public sealed class StreamStore(IConfigurationStore store)
{
    private const string SelectStreams =
        """
        SELECT d.id, d.tenant_id, d.name, d.provider, d.definition, d.secrets, d.created_at, d.updated_at, d.deleted_at,
            s.cursor, s.state, s.attempts, s.fence, s.node
        FROM destinations d JOIN streams s ON s.destination_id=d.id
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public ValueTask<IReadOnlyList<StoredStream>> AllAsync(CancellationToken cancellation = default) =>
        store.ReadAsync(session => session.QueryAsync(SelectStreams + " ORDER BY d.id", Stream), cancellation);

    public ValueTask<StoredStream?> FindAsync(string id, CancellationToken cancellation = default) =>
        store.ReadAsync(session => FindAsync(session, id), cancellation);

    /// <summary>Who runs what, of those that are not deleted.</summary>
    public ValueTask<IReadOnlyList<StreamPlace>> PlacesAsync(CancellationToken cancellation = default) => store.ReadAsync(session => session.QueryAsync(
        "SELECT d.id, d.tenant_id, d.name, d.provider, s.cursor, s.state, s.fence, s.node FROM destinations d JOIN streams s ON s.destination_id=d.id WHERE d.deleted_at IS NULL ORDER BY d.id",
        row => new StreamPlace(row.Text(0), row.TextOrNull(1), row.Text(2), row.Text(3), row.Long(4), State(row.Text(5)), row.Long(6), row.TextOrNull(7))), cancellation);

    /// <summary>Stores a destination whose stream is taken by the node that makes it.</summary>
    /// <param name="beside">Sees every destination of the same provider that is not deleted, while none can come or change; what it throws keeps this one out.</param>
    /// <returns>The fence of that taking.</returns>
    /// <exception cref="NameTakenException">Another destination of its tenant has its name.</exception>
    public ValueTask<long> CreateAsync(
        DestinationRow row, long cursor, StreamState state, string node, Action<IReadOnlyList<StoredStream>>? beside = null, CancellationToken cancellation = default, OwnEvent? told = null) => store.WriteAsync(async session =>
    {
        const long first = 1;
        await CheckBesideAsync(session, row, beside);
        await StoredNames.RefuseTakenAsync(session, row);
        await session.ExecuteAsync(
            "INSERT INTO destinations (id, tenant_id, name, provider, definition, secrets, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            row.Id, row.TenantId, row.Name, row.Provider, row.Definition, row.Secrets, row.CreatedAt, row.UpdatedAt);
        await session.ExecuteAsync(
            "INSERT INTO streams (destination_id, cursor, state, fence, node) VALUES (?1, ?2, ?3, ?4, ?5)", row.Id, cursor, Text(state), first, node);
        if (told is not null) await OwnEventTable.AddAsync(session, told);
        return first;
    }, cancellation);

    /// <summary>Takes a stream, from whoever had it: its fence grows, durably, and what was taken with an older one can write no more.</summary>
    /// <returns>Where the stream stands, with the fence to write with; null when there is no such destination.</returns>
    public ValueTask<StoredStream?> TakeAsync(string id, string node, CancellationToken cancellation = default) => store.WriteAsync(async session =>
    {
        await session.ExecuteAsync("UPDATE streams SET fence=fence+1, node=?2 WHERE destination_id=?1", id, node);
        return await FindAsync(session, id);
    }, cancellation);

    /// <summary>Gives a stream back, unless somebody else has taken it meanwhile.</summary>
    public async ValueTask ReleaseAsync(string id, long fence, CancellationToken cancellation = default) => await store.WriteRelaxedAsync(
        session => session.ExecuteAsync("UPDATE streams SET node=NULL WHERE destination_id=?1 AND fence=?2", id, fence), cancellation);

    /// <summary>Keeps a cursor that moved, and the sendings that moved it. A killed process finds it again; after a power cut it may be a second old.</summary>
    /// <exception cref="StaleStreamException">Another one has taken the stream.</exception>
    public async ValueTask SaveProgressAsync(string id, long fence, long cursor, StreamState state, IReadOnlyList<Attempt> attempts, CancellationToken cancellation = default, OwnEvent? told = null) =>
        await store.WriteRelaxedAsync(async session =>
        {
            await SaveStreamAsync(session, id, fence, cursor, state, attempts);
            if (told is not null) await OwnEventTable.AddAsync(session, told);
            return true;
        }, cancellation);

    /// <summary>Makes a change durable: all of it or nothing.</summary>
    /// <exception cref="StaleStreamException">Another one has taken the stream.</exception>
    /// <exception cref="NameTakenException">The destination's new name is another one's.</exception>
    public async ValueTask SaveAsync(StreamChange change, long fence, CancellationToken cancellation = default) => await store.WriteAsync(async session =>
    {
        await SaveStreamAsync(session, change.DestinationId, fence, change.Cursor, change.State, change.Attempts);
        if (change.Destination is { } row) await SaveDestinationAsync(session, row, change.Beside);
        if (change.Gap is { } gap) await StoredGaps.PutAsync(session, change.DestinationId, gap);
        if (change.NextGap is { } next) await StoredGaps.PutAsync(session, change.DestinationId, next);
        if (change.WithdrawFrom is { } first) await StoredDeadLetters.RemoveFromAsync(session, change.DestinationId, first);
        await StoredDeadLetters.AddAsync(session, change.DestinationId, change.DeadLetters);
        if (change.Told is { } told) await OwnEventTable.AddAsync(session, told);
        return true;
    }, cancellation);

    public ValueTask<(long DeadLetters, long Gaps, StreamTotals Totals)> CountsAsync(string id, CancellationToken cancellation = default) => store.ReadAsync(async session =>
        (await StoredDeadLetters.CountAsync(session, id), await StoredGaps.CountUnfilledAsync(session, id), await StoredTotals.OfAsync(session, id)), cancellation);

    /// <summary>Adds to the totals of destinations. Any node may, for what it counted itself; when the connection breaks at the end, it may have happened all the same.</summary>
    public async ValueTask AddTotalsAsync(IReadOnlyList<(string Destination, StreamTotals Totals)> counted, CancellationToken cancellation = default) => await store.WriteRelaxedAsync(
        session => StoredTotals.AddAsync(session, counted), cancellation);

    /// <summary>Keeps how far destinations are behind. Any node may, of any that it knows.</summary>
    public async ValueTask KeepLagAsync(IReadOnlyList<(string Destination, LagSample Sample)> samples, CancellationToken cancellation = default) => await store.WriteRelaxedAsync(
        session => StoredLag.PutAsync(session, samples), cancellation);

    /// <summary>Those after a time, the oldest first.</summary>
    public ValueTask<IReadOnlyList<LagSample>> LagAsync(string id, long since, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredLag.SinceAsync(session, id, since), cancellation);

    /// <summary>Newest first.</summary>
    public ValueTask<IReadOnlyList<Attempt>> AttemptsAsync(string id, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredAttempts.OfStreams.OfAsync(session, id), cancellation);

    /// <param name="replay">Only those that this replay set aside.</param>
    public ValueTask<IReadOnlyList<DeadLetter>> DeadLettersAsync(string id, long after, int max, string? replay = null, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredDeadLetters.AfterAsync(session, id, after, max, replay), cancellation);

    public ValueTask<DeadLetter?> FindDeadLetterAsync(string id, long sequence, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredDeadLetters.FindAsync(session, id, sequence), cancellation);

    public ValueTask<bool> RemoveDeadLetterAsync(string id, long sequence, OwnEvent? told = null, CancellationToken cancellation = default) => store.WriteAsync(async session =>
    {
        if (!await StoredDeadLetters.RemoveAsync(session, id, sequence)) return false;
        if (told is not null) await OwnEventTable.AddAsync(session, told);
        return true;
    }, cancellation);

    /// <summary>Oldest first.</summary>
    public ValueTask<IReadOnlyList<Gap>> GapsAsync(string id, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredGaps.OfAsync(session, id), cancellation);

    /// <summary>Sets the number of events of a closed gap, counted after it closed.</summary>
    public async ValueTask SaveCountAsync(string gapId, long count, CancellationToken cancellation = default) =>
        await store.WriteAsync(session => StoredGaps.SetCountAsync(session, gapId, count), cancellation);

    /// <summary>Forgets destinations that were deleted before this time.</summary>
    public async ValueTask PurgeAsync(long deletedBefore, CancellationToken cancellation = default) =>
        await store.WriteAsync(session => session.ExecuteAsync("DELETE FROM destinations WHERE deleted_at<?1", deletedBefore), cancellation);

    private static ValueTask<StoredStream?> FindAsync(IConfigurationSession session, string id) => session.FirstAsync(SelectStreams + " WHERE d.id=?1", Stream, id);

    private static StoredStream Stream(IConfigurationRow row) => new(
        new DestinationRow(
            row.Text(0), row.TextOrNull(1), row.Text(2), row.Text(3), row.Text(4), row.Bytes(5), row.Long(6), row.Long(7), row.LongOrNull(8)),
        row.Long(9), State(row.Text(10)), row.Long(11), row.Long(12), row.TextOrNull(13));

    private static async ValueTask<bool> SaveStreamAsync(
        IConfigurationSession session, string id, long fence, long cursor, StreamState state, IReadOnlyList<Attempt> attempts)
    {
        var made = attempts.Count > 0 ? attempts[^1].Number : 0;
        var rows = made == 0
            ? await session.ExecuteAsync("UPDATE streams SET cursor=?3, state=?4 WHERE destination_id=?1 AND fence=?2", id, fence, cursor, Text(state))
            : await session.ExecuteAsync("UPDATE streams SET cursor=?3, state=?4, attempts=?5 WHERE destination_id=?1 AND fence=?2", id, fence, cursor, Text(state), made);
        if (rows == 0) throw new StaleStreamException(id);
        await StoredAttempts.OfStreams.AddAsync(session, id, attempts);
        return true;
    }

    private static async ValueTask SaveDestinationAsync(IConfigurationSession session, DestinationRow row, Action<IReadOnlyList<StoredStream>>? beside)
    {
        await CheckBesideAsync(session, row, beside);
        await StoredNames.RefuseNewIfTakenAsync(session, row);
        await session.ExecuteAsync(
            "UPDATE destinations SET name=?2, definition=?3, secrets=?4, updated_at=?5, deleted_at=?6 WHERE id=?1",
            row.Id, row.Name, row.Definition, row.Secrets, row.UpdatedAt, row.DeletedAt);
    }

    private static async ValueTask CheckBesideAsync(IConfigurationSession session, DestinationRow row, Action<IReadOnlyList<StoredStream>>? beside)
    {
        if (beside is null) return;
        beside(await session.QueryAsync(SelectStreams + " WHERE d.provider=?1 AND d.id<>?2 AND d.deleted_at IS NULL", Stream, row.Provider, row.Id));
    }

    internal static StreamState State(string text) => JsonSerializer.Deserialize<StreamState>(text, Json)!;

    internal static string Text(StreamState state) => JsonSerializer.Serialize(state, Json);
}
