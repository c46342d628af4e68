using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>A name is a destination's own, in its tenant or in the instance, where its provider has it so: GitLab's.</summary>
public sealed class DestinationNameTests : IAsyncLifetime
{
    private static readonly Caller AcmeAdmin = new("key_2", "acme", Role.Admin, "acme");

    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync() => (_receiver, _streams) = (await Receiver.StartAsync(), await StreamHarness.StartAsync(DestinationCatalogue.All));

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Elsewhere_names_are_for_people_only()
    {
        foreach (var provider in new[] { "webhook", "webhook", "splunk" })
            await _streams.CreateAsync($$"""{"name":"SOC","provider":"{{provider}}","endpoint":"https://siem.example.com/"{{(provider == "splunk" ? ",\"token\":\"t\"" : "")}},"enabled":false}""");
        await CreateAsync("SOC");

        Assert.Equal(4, (await _streams.Views.ListAsync(StreamHarness.Admin, default)).Count);
    }

    [Fact]
    public async Task Two_of_a_tenant_cannot_have_one_name_and_those_of_others_can()
    {
        await CreateAsync("SOC");
        await CreateAsync("SOC", AcmeAdmin);

        Assert.Contains("'SOC'", (await Assert.ThrowsAsync<NameTakenException>(() => CreateAsync("SOC"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NameTakenException>(() => CreateAsync("SOC", AcmeAdmin));
        await Assert.ThrowsAsync<NameTakenException>(() => _streams.CreateAsync($$"""{"name":"SOC","provider":"http","endpoint":"{{_receiver.Address}}","tenant_id":"acme"}"""));
        Assert.Equal(2, (await _streams.Views.ListAsync(StreamHarness.Admin, default)).Count);
    }

    [Fact]
    public async Task Names_are_compared_as_they_stand_and_blanks_at_the_end_are_kept()
    {
        foreach (var name in new[] { "SOC", "soc", "SOC ", "SOC  " }) Assert.Equal(name, (await _streams.GetAsync(await CreateAsync(name))).Definition.Stream.Name);
    }

    [Fact]
    public async Task A_refused_renaming_changes_nothing_and_the_stream_goes_on()
    {
        await CreateAsync("SOC");
        var other = await CreateAsync("Other");

        await Assert.ThrowsAsync<NameTakenException>(() => _streams.UpdateAsync(other, """{"name":"SOC","mask_personal":true}"""));

        var now = (await _streams.GetAsync(other)).Definition;
        Assert.Equal(("Other", false), (now.Stream.Name, now.Stream.MaskPersonal));
        _streams.Ledger.AppendMany(3);
        await _streams.UntilCursorAsync(other, 2);
    }

    [Fact]
    public async Task Whoever_has_a_name_may_keep_it_and_whoever_gives_it_up_frees_it()
    {
        var soc = await CreateAsync("SOC");

        await _streams.UpdateAsync(soc, """{"name":"SOC","enabled":false}""");
        await _streams.UpdateAsync(soc, """{"name":"Renamed"}""");
        await CreateAsync("SOC");
    }

    [Fact]
    public async Task One_that_is_being_deleted_gives_its_name_up_at_once()
    {
        _receiver.Answer = _ => new Reply(503);
        var soc = await CreateAsync("SOC");
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _streams.Stand(soc).State.Status == StreamStatus.Degraded);

        await _streams.Control.DeleteAsync(soc, StreamHarness.Admin, default);

        Assert.Equal(StreamStatus.Deleting, _streams.Stand(soc).State.Status);
        await CreateAsync("SOC");
    }

    [Fact]
    public async Task A_name_has_72_characters_at_most_whatever_they_are()
    {
        await CreateAsync(string.Concat(Enumerable.Repeat("🦉", 72)));
        var refused = await Assert.ThrowsAsync<DefinitionException>(() => CreateAsync(new string('x', 73)));
        Assert.Equal(("invalid_value", "name"), (refused.Code, refused.Field));
    }

    private async Task<string> CreateAsync(string name, Caller? caller = null) =>
        (await _streams.CreateAsync(new JsonObject { ["name"] = name, ["provider"] = "http", ["endpoint"] = _receiver.Address.ToString() }.ToJsonString(), caller)).Definition.Id;
}
