using Sluice.Delivery.Alerts;
using Sluice.Streams;

namespace Sluice.Tests.Delivery.Alerts;

public sealed class AlertRulesTests
{
    private const long Minute = 60_000_000_000;
    private const long Hour = 60 * Minute;
    private const long Start = 1_000 * Hour;

    private static readonly AlertState Well = AlertState.First(Start, Start);

    [Theory]
    [InlineData(5 * Minute - 1, 0)]
    [InlineData(5 * Minute, 1)]
    public void Degraded_is_told_when_it_lasts(long length, int told) => Assert.Equal(told, Apply(Degraded(Start), Well, Start + length).Facts.Count);

    [Fact]
    public void A_short_trouble_is_never_told()
    {
        var (state, facts) = Apply(Active(Start + Minute), Apply(Degraded(Start), Well, Start + Minute).State, Start + 10 * Minute);

        Assert.Empty(facts);
        Assert.Same(Well, state);
    }

    [Fact]
    public void A_second_failure_is_told_again_although_nobody_saw_the_time_between()
    {
        var (first, _) = Apply(Failed(Start), Well, Start);
        var (second, facts) = Apply(Failed(Start + Hour), first, Start + Hour);

        Assert.Equal("destination.failed", Assert.Single(facts).Type);
        Assert.Empty(Apply(Failed(Start + Hour), second, Start + 2 * Hour).Facts);
    }

    [Fact]
    public void A_destination_that_is_disabled_or_deleted_has_not_recovered()
    {
        var (failed, _) = Apply(Failed(Start), Well, Start);

        foreach (var status in new[] { StreamStatus.Disabled, StreamStatus.Deleting })
        {
            var (state, facts) = Apply(new StreamState { Status = status, StatusSince = Start + 1 }, failed, Start + Hour);
            Assert.Empty(facts);
            Assert.Null(state.Told);
        }
    }

    [Fact]
    public void What_is_older_than_an_hour_at_the_first_look_is_no_news()
    {
        Assert.Equal(Start - Hour, AlertState.First(Start - 100 * Hour, Start).GapsThrough);
        Assert.Equal(Start - Minute - 1, AlertState.First(Start - Minute, Start).GapsThrough);
    }

    private static (AlertState State, IReadOnlyList<AlertFact> Facts) Apply(StreamState stream, AlertState known, long now) =>
        new AlertRules(new AlertStanding("siem_1", null, "SOC", "scripted", Start, -1, stream, null, null, known, 0), known, now, TimeSpan.FromMinutes(5)).Apply([]);

    private static StreamState Active(long since) => new() { Status = StreamStatus.Active, StatusSince = since, Trusted = true };

    private static StreamState Degraded(long since) => new() { Status = StreamStatus.Degraded, StatusSince = since };

    private static StreamState Failed(long since) => new() { Status = StreamStatus.Failed, StatusSince = since };
}
