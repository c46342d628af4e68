using System.Text;
using System.Text.Json;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Stdout;

public sealed class StdoutDestinationTests
{
    [Fact]
    public async Task Each_event_is_one_line()
    {
        var output = new UnclosedStream();
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with { StandardOutput = () => output });
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync("""{"provider":"stdout","start_from":"beginning"}""")).Definition.Id;

        await streams.UntilCursorAsync(id, 2);

        var lines = Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(["evt_0", "evt_1", "evt_2"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Only_an_instance_admin_may_have_one()
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync("""{"provider":"stdout"}""", new Caller("key_2", "t1", Role.Admin, "t1")));

        Assert.Equal("forbidden", refusal.Code);
    }

    [Fact]
    public async Task Members_of_other_kinds_are_refused()
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync("""{"provider":"stdout","token":"x"}"""));

        Assert.Equal(("unknown_field", "token"), (refusal.Code, refusal.Field));
    }

    private sealed class UnclosedStream : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
        }
    }
}
