using Sluice.Storage;
using Sluice.Tenants;
using Sluice.Testing;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Tenants;

/// <summary>Several nodes together let through what one alone would.</summary>
public sealed class RateLimitsTests : IAsyncLifetime
{
    private static readonly Caller Key = new("key_1", "ci", Role.Writer, "acme");

    private readonly PostgresConfigurations _stores = new();
    private readonly ManualTime _time = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(3, 100, 1)]
    [InlineData(3, 1_000, 7)]
    [InlineData(2, 5, 1)]
    public async Task In_a_minute_all_nodes_together_let_no_more_through_than_the_limit_and_nearly_all_of_it(int nodes, int limit, int amount)
    {
        var limits = new List<RateLimits>();
        for (var node = 0; node < nodes; node++) limits.Add(Limits(await _stores.OpenAsync(), limit));

        for (var minute = 0; minute < 2; minute++)
        {
            var taken = (await Task.WhenAll(limits.Select(node => TakeAllAsync(node, limit, amount)))).Sum();
            Assert.InRange(taken, limit - amount - (nodes * Math.Max(amount, limit / 20)), limit);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_node_alone_lets_exactly_the_limit_through()
    {
        var alone = new RateLimits(new AccessDirectory(await _stores.OpenAsync(), _time), new RateLimitSettings { Key = new RateLimit(10, null) }, shared: null);

        Assert.Equal(10, await TakeAllAsync(alone, 10, 1));
    }

    [Fact]
    public async Task What_is_too_much_for_a_minute_is_refused_and_smaller_ones_go_on()
    {
        var limits = Limits(await _stores.OpenAsync(), 100);

        Assert.NotNull(await limits.TryTakeAsync(Key, RateKind.Requests, 101));
        Assert.Null(await limits.TryTakeAsync(Key, RateKind.Requests, 50));
        Assert.NotNull(await limits.TryTakeAsync(Key, RateKind.Requests, 60));
        Assert.Null(await limits.TryTakeAsync(Key, RateKind.Requests, 40));
    }

    private RateLimits Limits(IConfigurationStore store, int limit) =>
        new(new AccessDirectory(store, _time), new RateLimitSettings { Key = new RateLimit(limit, null) }, store);

    private static async Task<int> TakeAllAsync(RateLimits limits, int limit, int amount)
    {
        var taken = 0;
        for (var attempt = 0; attempt < limit; attempt++)
        {
            if (await limits.TryTakeAsync(Key, RateKind.Requests, amount) is null) taken += amount;
        }

        return taken;
    }
}
