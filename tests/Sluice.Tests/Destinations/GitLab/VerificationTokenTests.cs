using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Server.Endpoints;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.GitLab;

public sealed class VerificationTokenTests : IAsyncLifetime
{
    private const string Given = "given-by-its-owner";

    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync() => _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, new DeliverySettings());

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [Fact]
    public async Task It_is_made_where_none_is_given_and_no_two_are_alike()
    {
        var tokens = new[] { await TokenAsync(""), await TokenAsync(""), await TokenAsync("\"verification_token\":null"), await TokenAsync($"\"verification_token\":\"{Given}\"") };

        Assert.Equal(4, tokens.Distinct().Count());
        Assert.Equal(Given, tokens[3]);
        Assert.All(tokens[..3], token => Assert.Equal(24, token.Length));
    }

    [Theory]
    [InlineData("fifteen-letters")]
    [InlineData("exactly-twentyfive-letter")]
    [InlineData("with a blank in the mid")]
    [InlineData("with-a-line\\nbreak-in-it")]
    public async Task It_has_16_to_24_characters_that_a_header_takes(string token)
    {
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => TokenAsync($"\"verification_token\":\"{token}\""));

        Assert.Equal(("invalid_value", "verification_token"), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("\"another-token-16c\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task No_update_changes_it(string token)
    {
        var created = await _streams.CreateAsync(Settings($"\"verification_token\":\"{Given}\""));

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.UpdateAsync(created.Definition.Id, $$"""{"name":"other","verification_token":{{token}}}"""));

        Assert.Equal(("invalid_value", "verification_token"), (refusal.Code, refusal.Field));
        Assert.Equal(DestinationAnswer.Of(created, StreamHarness.Admin).ToJsonString(), DestinationAnswer.Of(await _streams.GetAsync(created.Definition.Id), StreamHarness.Admin).ToJsonString());
    }

    [Fact]
    public async Task Others_than_admins_see_that_there_is_one_and_may_send_the_answer_back()
    {
        var created = await _streams.CreateAsync(Settings($"\"verification_token\":\"{Given}\""));
        var seen = DestinationAnswer.Of(created, new Caller("key_2", "operator", Role.Operator, null));
        Assert.Equal("***", (string?)seen["verification_token"]);

        var after = await _streams.UpdateAsync(created.Definition.Id, seen.ToJsonString());

        Assert.Equal(Given, (string?)DestinationAnswer.Of(after, StreamHarness.Admin)["verification_token"]);
    }

    [Fact]
    public async Task An_answer_that_is_sent_back_keeps_it_and_so_does_an_update_of_other_members()
    {
        var created = await _streams.CreateAsync(Settings(""));
        var answer = DestinationAnswer.Of(created, StreamHarness.Admin);

        await _streams.UpdateAsync(created.Definition.Id, answer.ToJsonString());
        var updated = await _streams.UpdateAsync(created.Definition.Id, """{"name":"renamed","endpoint":"https://elsewhere.example/in"}""");

        Assert.Equal((string)answer["verification_token"]!, (string)DestinationAnswer.Of(updated, StreamHarness.Admin)["verification_token"]!);
    }

    [Fact]
    public async Task It_is_encrypted_at_rest()
    {
        var id = (await _streams.CreateAsync(Settings($"\"verification_token\":\"{Given}\""))).Definition.Id;

        Assert.DoesNotContain(Given, _streams.Stored(id)!.Destination.Definition);
    }

    [Fact]
    public async Task Another_destination_cannot_have_it_until_its_own_is_gone()
    {
        var first = await _streams.CreateAsync(Settings($"\"verification_token\":\"{Given}\""));

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => TokenAsync($"\"verification_token\":\"{Given}\""));
        await _streams.Control.DeleteAsync(first.Definition.Id, StreamHarness.Admin, default);
        await StreamHarness.UntilNowAsync(() => _streams.Stand(first.Definition.Id).State.Status == Sluice.Streams.StreamStatus.Deleted);

        Assert.Equal(("invalid_value", "verification_token"), (refusal.Code, refusal.Field));
        Assert.Equal(Given, await TokenAsync($"\"verification_token\":\"{Given}\""));
    }

    [Fact]
    public async Task Http_is_taken_with_a_warning_and_https_without()
    {
        var plain = DestinationAnswer.Of(await _streams.CreateAsync("""{"provider":"http","endpoint":"http://8.8.8.8/in"}"""), StreamHarness.Admin);
        var sealed_ = DestinationAnswer.Of(await _streams.CreateAsync(Settings("")), StreamHarness.Admin);

        Assert.Contains("in the clear", (string)plain["warning"]!);
        Assert.False(sealed_.ContainsKey("warning"));
    }

    private async Task<string> TokenAsync(string members) => (string)DestinationAnswer.Of(await _streams.CreateAsync(Settings(members)), StreamHarness.Admin)["verification_token"]!;

    private static string Settings(string members) => $$"""{"provider":"http","endpoint":"https://siem.example/in"{{(members.Length > 0 ? "," : "")}}{{members}}}""";
}
