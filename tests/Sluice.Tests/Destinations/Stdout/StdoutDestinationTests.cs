using System.Text;
using System.Text.Json;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Streams;
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
    public async Task An_output_whose_other_end_is_gone_is_an_outage_that_loses_nothing()
    {
        var output = new UnclosedStream { Broken = 3 };
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with { StandardOutput = () => output });
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync("""{"provider":"stdout","start_from":"beginning"}""")).Definition.Id;
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        var cursor = streams.Stand(id).Cursor;

        await streams.UntilCursorAsync(id, 2);

        Assert.Equal((-1, 3), (cursor, Encoding.UTF8.GetString(output.ToArray()).Count(c => c == '\n')));
        Assert.Equal(3, streams.Attempts(id).Count(attempt => attempt.Result == "try_later"));
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
        /// <summary>Writes that fail, as with a pipe that nobody reads.</summary>
        public int Broken { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Broken-- > 0) throw new IOException("Broken pipe");
            base.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
