using Sluice.Delivery;
using Sluice.Events;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

public sealed class LagKeepingTests : IAsyncLifetime
{
    private const long Minute = LagSample.Step;

    private readonly ScriptedDestination _destination = new();
    private StreamHarness _streams = null!;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        _streams = await StreamHarness.StartAsync(_destination);
        _id = (await _streams.CreateAsync("""{"provider":"scripted"}""")).Definition.Id;
    }

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task Somebody_who_comes_later_sees_how_long_how_much_waited()
    {
        using var keeping = _streams.LagKeeping();
        _destination.Answer = _ => ScriptedDestination.Outage;
        _streams.Ledger.AppendMany(3);
        await StreamHarness.UntilNowAsync(() => _streams.Attempts(_id).Count > 0);
        await keeping.KeepAsync(default);
        _streams.Time.Advance(TimeSpan.FromMinutes(1));
        await keeping.KeepAsync(default);
        _destination.Answer = _ => ScriptedDestination.Delivered;
        await _streams.UntilCursorAsync(_id, 2);
        _streams.Time.Advance(TimeSpan.FromMinutes(1));
        await keeping.KeepAsync(default);

        var samples = await LagAsync();

        Assert.Equal([3, 3, 0], samples.Select(sample => sample.Events));
        Assert.Equal((Minute, 60, 0), (samples[1].At - samples[0].At, samples[1].Seconds - samples[0].Seconds, samples[2].Seconds));
        Assert.All(samples, sample => Assert.Equal(0, sample.At % Minute));
        await _streams.RestartAsync();
        Assert.Equal(samples, await LagAsync());
    }

    [Fact]
    public async Task Of_a_stream_that_keeps_up_it_writes_every_ten_minutes()
    {
        using var keeping = _streams.LagKeeping();
        for (var minute = 0; minute <= 25; minute++)
        {
            await keeping.KeepAsync(default);
            _streams.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var samples = await LagAsync();

        Assert.Equal([0, 10, 20], samples.Select(sample => (sample.At - samples[0].At) / Minute));
    }

    [Fact]
    public async Task A_day_is_kept()
    {
        var now = Timestamp.Now(_streams.Time) / Minute * Minute;
        await _streams.Store.KeepLagAsync([.. Enumerable.Range(0, LagSample.Kept + 60).Select(ago => (_id, new LagSample(now - (ago * Minute), ago, 0))).Reverse()]);

        var samples = await LagAsync();
        _streams.Time.Advance(TimeSpan.FromHours(23));
        var later = await LagAsync();

        Assert.Equal((LagSample.Kept, LagSample.Kept - 1, 0), (samples.Count, samples[0].Events, samples[^1].Events));
        Assert.Equal((60, 59, 0), (later.Count, later[0].Events, later[^1].Events));
    }

    [Fact]
    public async Task What_is_no_destination_any_more_has_none()
    {
        await _streams.Store.KeepLagAsync([("siem_gone", new LagSample(Minute, 1, 1))]);

        Assert.Empty(await _streams.Store.LagAsync("siem_gone", 0));
        Assert.Null(await _streams.Views.LagAsync("siem_gone", StreamHarness.Admin, default));
    }

    [Fact]
    public async Task It_looks_by_itself()
    {
        using var keeping = _streams.LagKeeping();
        await keeping.StartAsync(default);
        await _streams.UntilAsync(() => LagAsync().GetAwaiter().GetResult().Count > 0);
        await keeping.StopAsync(default);
    }

    private async Task<IReadOnlyList<LagSample>> LagAsync() => (await _streams.Views.LagAsync(_id, StreamHarness.Admin, default))!;
}
