using System.Net;
using Sluice.Delivery;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Http;

/// <summary>Whatever a name or a number turns out to be, only checked addresses are connected to.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private static readonly IPAddress Public = IPAddress.Parse("203.0.114.7"), Private = IPAddress.Parse("10.0.0.1");

    private readonly List<string> _resolved = [];
    private Func<IPAddress[]> _addresses = () => [IPAddress.Loopback];
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        var settings = new DeliverySettings { AllowedNetworks = [IPNetwork.Parse("127.0.0.1/32")], AllowPlainHttp = true };
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, settings, its => its with { Resolve = (name, _) => Resolve(name) });
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_name_that_moves_to_a_private_address_is_refused_at_the_next_connection()
    {
        var id = await CreateAsync("http://siem.example.com");
        _streams.Ledger.AppendMany(1);
        await _streams.UntilCursorAsync(id, 0);
        _addresses = () => [Private];
        _receiver.Answer = _ => Reply.Reset;
        _streams.Ledger.AppendMany(1);

        await _streams.UntilAsync(() => _streams.Stand(id).State.LastError?.Message.Contains("10.0.0.1, which is no public address") == true);

        Assert.Equal((StreamStatus.Degraded, 0), (_streams.Stand(id).State.Status, _streams.Stand(id).Cursor));
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_connected_to()
    {
        var left = 1;
        _addresses = () => left-- > 0 ? [IPAddress.Loopback] : [Private];
        var id = await CreateAsync("http://siem.example.com");

        Assert.True((await _streams.Control.TestAsync(id, StreamHarness.Admin, default))!.Ok);

        Assert.Equal(["siem.example.com"], _resolved);
    }

    [Fact]
    public async Task A_connection_that_its_server_gave_up_meanwhile_is_replaced_at_once()
    {
        var id = await CreateAsync("http://siem.example.com");
        _streams.Ledger.AppendMany(1);
        await _streams.UntilCursorAsync(id, 0);
        var resets = 1;
        _receiver.Answer = _ => Interlocked.Decrement(ref resets) >= 0 ? Reply.Reset : new Reply(200);
        _streams.Ledger.AppendMany(1);

        await _streams.UntilCursorAsync(id, 1);

        Assert.Equal((StreamStatus.Active, null), (_streams.Stand(id).State.Status, _streams.Stand(id).State.LastError));
        Assert.Equal(3, _receiver.Requests.Count);
    }

    [Fact]
    public async Task One_private_address_among_public_ones_is_enough_to_refuse_a_name()
    {
        _addresses = () => [Public, Private];
        var id = await CreateAsync("http://siem.example.com");

        var test = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Contains("10.0.0.1, which is no public address", test!.Answer);
    }

    [Theory]
    [InlineData("http://167772161")]
    [InlineData("http://0x0a000001")]
    [InlineData("http://012.0.0.1")]
    [InlineData("http://10.1")]
    [InlineData("http://0")]
    [InlineData("http://2852039166/latest/meta-data")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://[64:ff9b::10.0.0.1]")]
    [InlineData("http://[::]")]
    [InlineData("http://10。0。0。1")]
    public async Task Numbers_in_any_spelling_are_read_as_what_they_are(string endpoint)
    {
        var id = await CreateAsync(endpoint);

        var test = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal((false, ErrorClass.Connect), (test!.Ok, test.Class));
        Assert.Contains("no public address", test.Answer);
        Assert.Empty(_resolved);
    }

    [Fact]
    public async Task Nothing_goes_to_a_public_address_in_the_clear_unless_that_is_allowed()
    {
        await using var careful = await StreamHarness.StartAsync(DestinationCatalogue.All, new DeliverySettings(), its => its with { Resolve = (_, _) => Task.FromResult(new[] { Public }) });
        var id = (await careful.CreateAsync("""{"provider":"webhook","endpoint":"http://siem.example.com"}""")).Definition.Id;

        var test = await careful.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Contains("without TLS would send events in the clear", test!.Answer);
    }

    [Fact]
    public async Task Nothing_is_resolved_or_connected_when_a_destination_is_saved()
    {
        var id = await CreateAsync("http://siem.example.com");
        await _streams.UpdateAsync(id, """{"endpoint":"http://other.example.com"}""");

        Assert.Empty(_resolved);
        Assert.Empty(_receiver.Requests);
    }

    private async Task<string> CreateAsync(string endpoint)
    {
        var address = new UriBuilder(endpoint) { Port = _receiver.Address.Port };
        return (await _streams.CreateAsync($$"""{"provider":"webhook","endpoint":"{{address}}","start_from":"beginning"}""")).Definition.Id;
    }

    private Task<IPAddress[]> Resolve(string name)
    {
        lock (_resolved) _resolved.Add(name);
        return Task.FromResult(_addresses());
    }
}
