using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery.Alerts;

/// <summary>What alerts are made of, from whichever node runs the streams, and what was told.</summary>
internal sealed class AlertStore(IConfigurationStore store)
{
    private const string SelectStandings =
        """
        SELECT d.id, d.tenant_id, d.name, d.provider, d.created_at, s.cursor, s.state,
            (SELECT max(l.at) FROM dead_letters l WHERE l.destination_id=d.id), (SELECT max(g.opened_at) FROM gaps g WHERE g.destination_id=d.id), a.state, coalesce(a.version, 0)
        FROM destinations d JOIN streams s ON s.destination_id=d.id LEFT JOIN alerts a ON a.destination_id=d.id
        WHERE d.deleted_at IS NULL ORDER BY d.id
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public ValueTask<IReadOnlyList<AlertStanding>> StandingsAsync(CancellationToken cancellation) =>
        store.ReadAsync(session => session.QueryAsync(SelectStandings, Standing), cancellation);

    /// <summary>Oldest first.</summary>
    public async ValueTask<IReadOnlyList<Gap>> GapsSinceAsync(string id, long after, CancellationToken cancellation)
    {
        var gaps = await store.ReadAsync(session => StoredGaps.OfAsync(session, id), cancellation);
        return [.. gaps.Where(gap => gap.OpenedAt > after)];
    }

    public ValueTask<long> DeadLettersAsync(string id, CancellationToken cancellation) => store.ReadAsync(session => StoredDeadLetters.CountAsync(session, id), cancellation);

    /// <returns>The destination as it stands then.</returns>
    /// <exception cref="AlertsElsewhereException">Somebody else has stored something since it was read. Nothing is changed, or what they noted could get lost.</exception>
    public async ValueTask<AlertStanding> SaveAsync(AlertStanding its, AlertState state, CancellationToken cancellation)
    {
        var rows = await store.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO alerts (destination_id, state, version) VALUES (?1, ?2, ?3)
                ON CONFLICT (destination_id) DO UPDATE SET state=excluded.state, version=excluded.version WHERE alerts.version=?4
                """,
                its.Id, JsonSerializer.Serialize(state, Json), its.Version + 1, its.Version),
            cancellation);
        return rows > 0 ? its with { Alerts = state, Version = its.Version + 1 } : throw new AlertsElsewhereException();
    }

    private static AlertStanding Standing(IConfigurationRow row) => new(
        row.Text(0), row.TextOrNull(1), row.Text(2), row.Text(3), row.Long(4), row.Long(5), StreamStore.State(row.Text(6)), row.LongOrNull(7), row.LongOrNull(8),
        row.TextOrNull(9) is { } alerts ? JsonSerializer.Deserialize<AlertState>(alerts, Json) : null, row.Long(10));
}
