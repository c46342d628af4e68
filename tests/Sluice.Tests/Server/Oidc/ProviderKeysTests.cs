using Sluice.Server.Oidc;

namespace Sluice.Tests.Server.Oidc;

/// <summary>Providers change their keys without telling anybody.</summary>
public sealed class ProviderKeysTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ProviderKeys _keys;
    private string[] _now = ["first"];
    private int _asked;

    public ProviderKeysTests() => _keys = new ProviderKeys(_ =>
    {
        _asked++;
        return Task.FromResult<IReadOnlyList<ProviderKey>>([.. _now.Select(id => new ProviderKey(id, null))]);
    }, _time);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task A_known_key_is_not_asked_for_again()
    {
        await IdsAsync("first");
        _time.Advance(TimeSpan.FromMinutes(30));
        await IdsAsync("first");

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task An_unknown_key_is_asked_for_and_once_a_minute_at_most()
    {
        await IdsAsync("first");
        _now = ["first", "second"];

        Assert.Equal(["first"], await IdsAsync("second"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["first", "second"], await IdsAsync("second"));
        for (var i = 0; i < 50; i++) await IdsAsync($"made up {i}");

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_key_that_the_provider_took_back_is_forgotten_within_an_hour()
    {
        await IdsAsync("first");
        _now = ["second"];
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["second"], await IdsAsync("first"));
    }

    private async Task<IEnumerable<string?>> IdsAsync(string id) => (await _keys.WithAsync(id, default)).Select(key => key.Id);
}
