using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Storage.Sqlite;

namespace Sluice.Streams;

/// <summary>Destinations, cursors, dead letters and gaps in the configuration database.</summary>
public sealed class StreamStore(ConfigurationDatabase database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public IReadOnlyList<StoredStream> All() => database.Read(connection => Streams(connection, null));

    public StoredStream? Find(string id) => database.Read(connection => Streams(connection, id)).SingleOrDefault();

    public void Create(DestinationRow row, long cursor, StreamState state) => database.Write(connection =>
    {
        using var insert = connection.Prepare(
            "INSERT INTO destinations (id, tenant_id, name, provider, definition, secrets, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        insert.Bind(1, row.Id).Bind(2, row.TenantId).Bind(3, row.Name).Bind(4, row.Provider).Bind(5, row.Definition).Bind(6, row.Secrets)
            .Bind(7, row.CreatedAt).Bind(8, row.UpdatedAt).Run();
        using var stream = connection.Prepare("INSERT INTO streams (destination_id, cursor, state) VALUES (?1, ?2, ?3)");
        stream.Bind(1, row.Id).Bind(2, cursor).Bind(3, Text(state)).Run();
    });

    /// <summary>Keeps a cursor that moved. A killed process finds it again; after a power cut it may be a second old.</summary>
    public void SaveProgress(string id, long cursor, StreamState state) => database.WriteRelaxed(connection => SaveStream(connection, id, cursor, state));

    /// <summary>Makes a change durable: all of it or nothing.</summary>
    public void Save(StreamChange change) => database.Write(connection =>
    {
        SaveStream(connection, change.DestinationId, change.Cursor, change.State);
        if (change.Destination is { } row) SaveDestination(connection, row);
        if (change.Gap is { } gap) StoredGaps.Put(connection, change.DestinationId, gap);
        if (change.NextGap is { } next) StoredGaps.Put(connection, change.DestinationId, next);
        if (change.WithdrawFrom is { } first) StoredDeadLetters.RemoveFrom(connection, change.DestinationId, first);
        StoredDeadLetters.Add(connection, change.DestinationId, change.DeadLetters);
    });

    public (long DeadLetters, long Gaps) Counts(string id) => database.Read(connection =>
        (StoredDeadLetters.Count(connection, id), StoredGaps.CountUnfilled(connection, id)));

    public IReadOnlyList<DeadLetter> DeadLetters(string id, long after, int max) =>
        database.Read(connection => StoredDeadLetters.After(connection, id, after, max));

    public bool RemoveDeadLetter(string id, long sequence) => database.Write(connection => StoredDeadLetters.Remove(connection, id, sequence));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Gap> Gaps(string id) => database.Read(connection => StoredGaps.Of(connection, id));

    /// <summary>Sets the number of events of a closed gap, counted after it closed.</summary>
    public void SaveCount(string gapId, long count) => database.Write(connection => StoredGaps.SetCount(connection, gapId, count));

    /// <summary>Forgets destinations that were deleted before this time.</summary>
    public void Purge(long deletedBefore) => database.Write(connection =>
    {
        using var delete = connection.Prepare("DELETE FROM destinations WHERE deleted_at < ?1");
        delete.Bind(1, deletedBefore).Run();
    });

    private static List<StoredStream> Streams(Database connection, string? id)
    {
        using var select = connection.Prepare(
            """
            SELECT d.id, d.tenant_id, d.name, d.provider, d.definition, d.secrets, d.created_at, d.updated_at, d.deleted_at, s.cursor, s.state
            FROM destinations d JOIN streams s ON s.destination_id = d.id WHERE ?1 IS NULL OR d.id = ?1 ORDER BY d.id
            """);
        select.Bind(1, id);
        var streams = new List<StoredStream>();
        while (select.Step())
        {
            var row = new DestinationRow(
                select.Text(0), select.TextOrNull(1), select.Text(2), select.Text(3), select.Text(4), select.Blob(5).ToArray(),
                select.Long(6), select.Long(7), select.LongOrNull(8));
            streams.Add(new StoredStream(row, select.Long(9), JsonSerializer.Deserialize<StreamState>(select.Text(10), Json)!));
        }

        return streams;
    }

    private static void SaveStream(Database connection, string id, long cursor, StreamState state)
    {
        using var update = connection.Prepare("UPDATE streams SET cursor = ?2, state = ?3 WHERE destination_id = ?1");
        update.Bind(1, id).Bind(2, cursor).Bind(3, Text(state)).Run();
    }

    private static void SaveDestination(Database connection, DestinationRow row)
    {
        using var update = connection.Prepare("UPDATE destinations SET name = ?2, definition = ?3, secrets = ?4, updated_at = ?5, deleted_at = ?6 WHERE id = ?1");
        update.Bind(1, row.Id).Bind(2, row.Name).Bind(3, row.Definition).Bind(4, row.Secrets).Bind(5, row.UpdatedAt).Bind(6, row.DeletedAt).Run();
    }

    private static string Text(StreamState state) => JsonSerializer.Serialize(state, Json);
}
