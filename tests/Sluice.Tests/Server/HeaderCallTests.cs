using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server;

/// <summary>Headers that are added, changed and removed one at a time.</summary>
public sealed class HeaderCallTests : IAsyncLifetime
{
    private StreamHarness _streams = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _id = (await _streams.CreateAsync("""{"provider":"http","endpoint":"https://siem.example/in","headers":[{"name":"X-Api-Key","value":"k3y"}]}""")).Definition.Id;
    }

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task Of_thirty_that_are_added_at_once_as_many_stay_as_there_is_room_for_and_none_gets_lost()
    {
        var adding = Enumerable.Range(0, 30).Select(i => Record.ExceptionAsync(() => SetAsync($"X-{i}", """{"value":"v"}""")).AsTask());

        var problems = await Task.WhenAll(adding);

        var added = Enumerable.Range(0, 30).Where(i => problems[i] is null).Select(i => $"X-{i}").ToList();
        Assert.Equal(19, added.Count);
        Assert.Equal([.. added.Order(), "X-Api-Key"], (await NamesAsync()).Order());
        Assert.All(problems.OfType<Exception>(), problem => Assert.Equal("headers", Assert.IsType<DefinitionException>(problem).Field));
    }

    [Fact]
    public async Task One_is_changed_and_removed_without_touching_the_others_or_a_secret_value()
    {
        await SetAsync("X-Team", """{"value":"audit"}""");
        await SetAsync("x-api-key", """{"active":false}""");
        var view = await SetAsync("X-Team", """{"value":"soc"}""");
        var headers = DestinationAnswer.Of(view, StreamHarness.Admin)["headers"]!.ToJsonString();
        await _streams.Control.UpdateAsync(_id, its => HeaderChange.Remove(its, "x-TEAM"), StreamHarness.Admin, default);

        Assert.Equal("""[{"name":"X-Api-Key","value":null,"active":false,"secret":true},{"name":"X-Team","value":"soc","active":true,"secret":false}]""", headers);
        Assert.Contains("k3y", view.Definition.Whole["headers"]!.ToJsonString());
        Assert.Equal(["X-Api-Key"], await NamesAsync());
    }

    [Fact]
    public async Task What_is_not_there_and_what_cannot_be_is_refused()
    {
        var missing = await Assert.ThrowsAsync<ApiProblem>(async () => await _streams.Control.UpdateAsync(_id, its => HeaderChange.Remove(its, "X-None"), StreamHarness.Admin, default));
        var valueless = await Assert.ThrowsAsync<DefinitionException>(() => SetAsync("X-New", "{}"));
        var reserved = await Assert.ThrowsAsync<DefinitionException>(() => SetAsync("Host", """{"value":"elsewhere"}"""));
        var renamed = await Assert.ThrowsAsync<DefinitionException>(() => SetAsync("X-New", """{"name":"X-Other","value":"v"}"""));
        _id = (await _streams.CreateAsync("""{"provider":"stdout"}""")).Definition.Id;
        var headerless = await Assert.ThrowsAsync<DefinitionException>(() => SetAsync("X-New", """{"value":"v"}"""));

        Assert.Equal(404, missing.Status);
        Assert.Equal(("headers", "headers", "name", "headers"), (valueless.Field, reserved.Field, renamed.Field, headerless.Field));
    }

    private async Task<Sluice.Delivery.DestinationView> SetAsync(string name, string json) =>
        (await _streams.Control.UpdateAsync(_id, its => HeaderChange.Set(its, name, JsonNode.Parse(json)!.AsObject()), StreamHarness.Admin, default))!;

    private async Task<IEnumerable<string>> NamesAsync() =>
        DestinationAnswer.Of(await _streams.GetAsync(_id), StreamHarness.Admin)["headers"]!.AsArray().Select(header => (string)header!["name"]!);
}
