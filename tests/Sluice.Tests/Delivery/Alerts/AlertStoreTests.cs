using Sluice.Delivery.Alerts;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Delivery.Alerts;

public sealed class SqliteAlertStoreTests() : AlertStoreTests(new SqliteConfiguration());

public sealed class PostgresAlertStoreTests() : AlertStoreTests(new PostgresConfigurations());

public abstract class AlertStoreTests(ConfigurationFixture fixture) : IAsyncLifetime
{
    private static readonly DestinationRow Row = new("siem_1", "acme", "SOC", "webhook", "{}", [], 5, 6, null);
    private static readonly StreamState State = StreamState.Created(5, enabled: true).AttemptFailed(8, ErrorClass.Tls, "no");

    private IConfigurationStore _configuration = null!;
    private AlertStore _store = null!;
    private AlertStore _other = null!;

    public async ValueTask InitializeAsync()
    {
        _configuration = await fixture.OpenAsync();
        (_store, _other) = (new AlertStore(_configuration), new AlertStore(await fixture.OpenAsync()));
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_destination_stands_as_its_stream_was_stored_whichever_node_asks()
    {
        var streams = new StreamStore(_configuration);
        var fence = await streams.CreateAsync(Row, 2, State, "a");
        await streams.CreateAsync(Row with { Id = "siem_2", TenantId = null }, -1, State, "a");
        await streams.CreateAsync(Row with { Id = "siem_3", Name = "third" }, -1, State, "a");
        await streams.SaveAsync(
            new StreamChange(Row.Id, 9, State) { Gap = Gap.Open(Gap.Exhausted, 3, 7), NextGap = Gap.Open(Gap.Retention, 5, 12), DeadLetters = [Letter(4, at: 30), Letter(6, at: 20)] }, fence);
        await streams.SaveAsync(new StreamChange("siem_3", -1, State) { Destination = Row with { Id = "siem_3", Name = "third", DeletedAt = 99 } }, fence);

        var standings = await _other.StandingsAsync(default);

        Assert.Equal([new AlertStanding(Row.Id, "acme", "SOC", "webhook", 5, 9, State, 30, 12, null, 0), new AlertStanding("siem_2", null, "SOC", "webhook", 5, -1, State, null, null, null, 0)], standings);
        Assert.Equal([12], (await _other.GapsSinceAsync(Row.Id, 7, default)).Select(gap => gap.OpenedAt));
        Assert.Equal(2, await _other.DeadLettersAsync(Row.Id, default));
    }

    [Fact]
    public async Task What_was_told_and_what_is_to_be_told_is_kept()
    {
        await new StreamStore(_configuration).CreateAsync(Row, 2, State, "a");
        var pending = new PendingAlert("siem_1-destination.failed-8", "destination.failed", """{"name":"Zoë's"}""", 9);
        var state = new AlertState { Told = StreamStatus.Failed, ToldSince = 8, GapsThrough = 7, DeadLettersThrough = 6, DeadLettersToldAt = 5, Pending = [pending] };

        var standing = Assert.Single(await _store.StandingsAsync(default));
        standing = await _store.SaveAsync(standing, state with { Pending = [] }, default);
        await _store.SaveAsync(standing, state, default);

        var kept = Assert.Single(await _other.StandingsAsync(default)).Alerts!;
        Assert.Equal(state with { Pending = kept.Pending }, kept);
        Assert.Equal([pending], kept.Pending);
    }

    [Fact]
    public async Task Whoever_read_before_somebody_else_stored_changes_nothing()
    {
        await new StreamStore(_configuration).CreateAsync(Row, 2, State, "a");
        var early = Assert.Single(await _store.StandingsAsync(default));
        var saved = await _other.SaveAsync(early, new AlertState { Told = StreamStatus.Failed }, default);

        await Assert.ThrowsAsync<AlertsElsewhereException>(async () => await _store.SaveAsync(early, new AlertState { Told = StreamStatus.Degraded }, default));
        saved = await _other.SaveAsync(saved, new AlertState { Told = StreamStatus.Failed, ToldSince = 1 }, default);
        await Assert.ThrowsAsync<AlertsElsewhereException>(async () => await _store.SaveAsync(early, new AlertState(), default));

        Assert.Equal(saved.Alerts! with { Pending = [] }, Assert.Single(await _store.StandingsAsync(default)).Alerts! with { Pending = saved.Alerts.Pending });
    }

    private static DeadLetter Letter(long sequence, long at) => new(sequence, $"evt_{sequence}", "acme", "no", ErrorClass.Refused, at, 1);
}
